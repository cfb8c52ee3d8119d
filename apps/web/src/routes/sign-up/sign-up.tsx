import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { EntryPage } from '../../shell/entry-page.tsx'
import { textLink } from '../../shell/text-link.ts'
import { CheckYourMail } from './check-your-mail.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import { text } from './text.ts'

const route = getRouteApi('/sign-up')

/** Name, email and password; then the mailbox. */
export function SignUp() {
  const { next } = route.useSearch()
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null) return <CheckYourMail email={sentTo} onBack={() => setSentTo(null)} />
  return (
    <EntryPage
      title={text.title}
      below={
        <>
          {text.haveAccount}{' '}
          <Link to="/sign-in" search={{ next }} className={textLink}>
            {text.signIn}
          </Link>
        </>
      }
    >
      <SignUpForm onSent={setSentTo} />
    </EntryPage>
  )
}
