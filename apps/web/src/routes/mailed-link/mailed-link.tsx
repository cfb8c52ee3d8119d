import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPCClient } from '../../api/trpc.ts'
import { EntryPage } from '../../shell/entry-page.tsx'
import { text } from './text.ts'

interface Wording {
  title: string
  body: string
  act: string
  done: string
  doneBody: string
}

/** "This wasn't me", of the mail about a new sign-in. */
export function NotMe() {
  const client = useTRPCClient()
  const { token } = getRouteApi('/not-me').useSearch()
  return <MailedLink token={token} wording={text.notMe} act={(token) => client.auth.session.notMe.mutate({ token })} />
}

/** The proof of a new address. */
export function ConfirmEmail() {
  const client = useTRPCClient()
  const { token } = getRouteApi('/confirm-email').useSearch()
  return (
    <MailedLink token={token} wording={text.confirmEmail} act={(token) => client.auth.account.confirmEmail.mutate({ token })} />
  )
}

/** The way to stop a change of address, of the mail to the old one. */
export function CancelEmailChange() {
  const client = useTRPCClient()
  const { token } = getRouteApi('/cancel-email-change').useSearch()
  return (
    <MailedLink
      token={token}
      wording={text.cancelEmailChange}
      act={(token) => client.auth.account.cancelEmailChange.mutate({ token })}
    />
  )
}

/** A link that does one thing, once, when its button is pressed: a program that looks into mails opens links, and presses nothing. */
function MailedLink({
  token,
  wording,
  act,
}: {
  token: string | undefined
  wording: Wording
  act: (token: string) => Promise<unknown>
}) {
  const doing = useMutation({ mutationFn: act })
  if (!token) return <EntryPage title={text.noToken.title} description={text.noToken.body} />
  if (doing.isSuccess) {
    return (
      <EntryPage title={wording.done} description={wording.doneBody} open>
        <div>
          <Button asChild>
            <Link to="/sign-in" search={{}}>
              {text.signIn}
            </Link>
          </Button>
        </div>
      </EntryPage>
    )
  }
  return (
    <EntryPage title={wording.title} description={wording.body}>
      {doing.error ? <FailureNotice error={doing.error} /> : null}
      <Button variant="primary" wide busy={doing.isPending} onClick={() => !doing.isPending && doing.mutate(token)}>
        {wording.act}
      </Button>
    </EntryPage>
  )
}
