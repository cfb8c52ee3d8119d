import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Skeleton } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Page } from '../../shell/page.tsx'
import { ProviderFailure } from '../../ways-in/provider-failure.tsx'
import { DataPanel } from './data-panel.tsx'
import { EmailPanel } from './email-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LinkedAccountsPanel } from './linked-accounts-panel.tsx'
import { MailsPanel } from './mails-panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { PreferencesPanel } from './preferences-panel.tsx'
import { ProfilePanel } from './profile-panel.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { text } from './text.ts'

const route = getRouteApi('/signed-in/shell/account')

/** A person's own account. */
export function Account() {
  const { error } = route.useSearch()
  const trpc = useTRPC()
  const account = useQuery(trpc.auth.account.read.queryOptions())
  return (
    <Page title={text.title} description={text.description}>
      <ProviderFailure code={error} />
      <ProfilePanel />
      {account.data ? (
        <>
          <EmailPanel account={account.data} />
          <PasswordPanel hasPassword={account.data.hasPassword} />
          <PasskeysPanel />
          <SecondFactorPanel />
          <LinkedAccountsPanel />
          <PreferencesPanel preferences={account.data.preferences} />
          <MailsPanel choices={account.data.preferences.notifications} />
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
      <DataPanel />
    </Page>
  )
}
