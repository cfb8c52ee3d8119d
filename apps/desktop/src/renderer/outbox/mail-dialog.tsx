import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, CopyId, DateTime, Dialog, KeyValueList, Notice, useToast } from '@tollkeeper/ui'
import { useConnection } from '../api/connection-context.tsx'
import { useServer } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { ActFailure } from '../notice/act-failure.tsx'
import { isResendable, type Mail, stateWords } from './mail-words.ts'

/** One mail: what became of it and why, and the way to send it again where it was given up. */
export function MailDialog({ mail, onClose }: { mail: Mail | undefined; onClose: () => void }) {
  return (
    <Dialog open={mail !== undefined} onOpenChange={onClose} title={mail?.subject ?? ''}>
      {mail && <MailFacts key={mail.id} mail={mail} onClose={onClose} />}
    </Dialog>
  )
}

function MailFacts({ mail, onClose }: { mail: Mail; onClose: () => void }) {
  const server = useServer()
  const queries = useQueryClient()
  const tell = useToast()
  const maySend = useMay()('user:support')
  const resend = useMutation(
    server.operator.resendMail.mutationOptions({
      onSuccess: async () => {
        onClose()
        tell({ title: `The mail to ${mail.to} waits to be sent again`, detail: 'A link in it may have expired since.' })
        await queries.invalidateQueries()
      },
    }),
  )
  const { word, tone, means } = stateWords[mail.state]
  return (
    <>
      <Notice tone={tone} title={word}>
        <p>{means}</p>
        {mail.error && mail.state !== 'sent' && <code className="break-words text-ink text-xs">{mail.error}</code>}
      </Notice>
      <KeyValueList items={facts(mail)} />
      {resend.error && <ActFailure error={resend.error} />}
      {maySend && isResendable(mail) && (
        <div className="flex flex-col gap-2">
          <p className="text-ink-muted text-pretty">It goes out as it was written. A link in it may have expired since.</p>
          <div>
            <Button variant="primary" busy={resend.isPending} onClick={() => !resend.isPending && resend.mutate({ id: mail.id })}>
              Send it again
            </Button>
          </div>
        </div>
      )}
    </>
  )
}

function facts(mail: Mail) {
  return [
    { label: 'To', value: <CopyId id={mail.to} /> },
    ...(mail.userId ? [{ label: 'Person', value: <Person id={mail.userId} /> }] : []),
    { label: 'Template', value: <code className="text-[0.92em]">{mail.template}</code> },
    { label: 'Attempts', value: mail.attempts },
    { label: 'Written', value: <DateTime value={mail.createdAt} show="absolute" /> },
    ...(mail.sentAt ? [{ label: 'Sent', value: <DateTime value={mail.sentAt} show="absolute" /> }] : []),
    ...(mail.nextAttemptAt ? [{ label: 'Next attempt', value: <DateTime value={mail.nextAttemptAt} /> }] : []),
    {
      label: 'Can be held back',
      value: mail.security ? 'No: the safety of the account needs it' : 'Yes, where the address takes no mail',
    },
    { label: 'Id', value: <CopyId id={mail.id} /> },
  ]
}

function Person({ id: userId }: { id: string }) {
  const { id: connectionId } = useConnection()
  return (
    <Link to="/c/$connectionId/users/$userId" params={{ connectionId, userId }} className="underline">
      Open the person
    </Link>
  )
}
