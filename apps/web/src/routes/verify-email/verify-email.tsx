import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { ConfirmForm } from './confirm-form.tsx'
import { NewLinkForm } from './new-link-form.tsx'
import { text } from './text.ts'

const route = getRouteApi('/verify-email')

/** Where the link of the verification mail leads. Opening it changes nothing yet. */
export function VerifyEmail() {
  const { token } = route.useSearch()
  const navigate = useNavigate()
  const [dead, setDead] = useState(false)
  if (!token) return <DeadLink title={text.noToken.title} body={text.noToken.body} />
  if (dead) return <DeadLink title={text.failed.title} body={text.failed.body} />
  return (
    <EntryPage
      title={text.confirmTitle}
      description={text.confirmBody}
      below={
        <>
          {text.notYours}{' '}
          <Link to="/sign-up" search={{}} className={textLink}>
            {text.registerAgain}
          </Link>
        </>
      }
    >
      <ConfirmForm
        token={token}
        onSignedIn={() => void navigate({ to: '/', replace: true })}
        onVerified={(email) => void navigate({ to: '/sign-in', search: { verified: 'yes', email }, replace: true })}
        onDeadLink={() => setDead(true)}
      />
    </EntryPage>
  )
}

function DeadLink({ title, body }: { title: string; body: string }) {
  return (
    <EntryPage title={title} description={body}>
      <NewLinkForm />
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
