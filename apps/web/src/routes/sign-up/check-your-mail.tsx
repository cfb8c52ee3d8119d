import { useQuery } from '@tanstack/react-query'
import { Button, Notice } from '@tollkeeper/ui'
import { ExternalLink } from 'lucide-react'
import { EntryPage } from '../../shell/entry-page.tsx'
import { findMailbox, mailboxPath } from './find-mailbox.ts'
import { ResendMail } from './resend-mail.tsx'
import { text } from './text.ts'

/** The same page whether or not the address already had an account: it tells nobody which. */
export function CheckYourMail({ email, onBack }: { email: string; onBack: () => void }) {
  const mailbox = useQuery({ queryKey: ['development mailbox'], queryFn: findMailbox, staleTime: Number.POSITIVE_INFINITY })
  return (
    <EntryPage title={text.check.title} description={text.check.sent(email)}>
      {mailbox.data ? (
        <Notice
          tone="info"
          title={text.check.mailboxNote}
          action={
            <Button variant="primary" asChild icon={<ExternalLink />}>
              <a href={mailboxPath} target="_blank" rel="noreferrer">
                {text.check.mailbox}
              </a>
            </Button>
          }
        />
      ) : (
        <p className="text-ink-muted">{text.check.slow}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <ResendMail email={email} />
        <Button variant="quiet" size="small" onClick={onBack}>
          {text.check.back}
        </Button>
      </div>
    </EntryPage>
  )
}
