import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Page } from '../../shell/page.tsx'
import { EmailPanel } from './email-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { text } from './text.ts'

/** A person's own account. */
export function Account() {
  const trpc = useTRPC()
  const account = useQuery(trpc.auth.account.read.queryOptions())
  return (
    <Page title={text.title} description={text.description}>
      <ProfilePanel />
      {account.data ? (
        <>
          <EmailPanel account={account.data} />
          <PasswordPanel hasPassword={account.data.hasPassword} />
          <PreferencesPanel preferences={account.data.preferences} />
        </>
      ) : account.error ? (
        <FailureNotice error={account.error} onRetry={() => void account.refetch()} />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-3">
          <Skeleton width="40%" />
          <Skeleton width="60%" />
        </div>
      )}
      <SessionsPanel />
      <HistoryPanel />
    </Page>
  )
}
