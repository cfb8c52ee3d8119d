import { AccountPage } from './account-page.tsx'
import { DataPanel } from './data-panel.tsx'
import { EmailPanel } from './email-panel.tsx'
import { MailsPanel } from './mails-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { text } from './text.ts'

/** Who the person is, what they like, and what is held about them. */
export function Account() {
  return (
    <AccountPage
      description={text.description}
      ofAccount={(account) => (
        <>
          <ProfilePanel />
          <EmailPanel account={account} />
          <PreferencesPanel preferences={account.preferences} />
          <MailsPanel choices={account.preferences.notifications} />
        </>
      )}
    >
      <DataPanel />
    </AccountPage>
  )
}
