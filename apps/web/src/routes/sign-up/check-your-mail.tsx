import { Button } from '@tollkeeper/ui'
import { EntryPage } from '../../shell/entry-page.tsx'
import { DevelopmentMailbox } from './development-mailbox.tsx'
import { ResendMail } from './resend-mail.tsx'
import { text } from './text.ts'

/** The same page whether or not the address already had an account: it tells nobody which. */
export function CheckYourMail({ email, onBack }: { email: string; onBack: () => void }) {
  return (
    <EntryPage title={text.check.title} description={text.check.sent(email)}>
      <DevelopmentMailbox otherwise={<p className="text-ink-muted">{text.check.slow}</p>} />
      <div className="flex flex-wrap items-center gap-2">
        <ResendMail email={email} />
        <Button variant="quiet" size="small" onClick={onBack}>
          {text.check.back}
        </Button>
      </div>
    </EntryPage>
  )
}
