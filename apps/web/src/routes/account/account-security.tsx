import { getRouteApi } from '@tanstack/react-router'
import { ProviderFailure } from '../../ways-in/provider-failure.tsx'
import { AccountPage } from './account-page.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LinkedAccountsPanel } from './linked-accounts-panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { text } from './text.ts'

const route = getRouteApi('/signed-in/shell/account/security')

/** How the person comes in, where they are signed in, and who tried to be. */
export function AccountSecurity() {
  const { error } = route.useSearch()
  return (
    <AccountPage
      description={text.securityDescription}
      notice={<ProviderFailure code={error} />}
      ofAccount={({ hasPassword }) => <PasswordPanel hasPassword={hasPassword} />}
    >
      <SecondFactorPanel />
      <PasskeysPanel />
      <LinkedAccountsPanel />
      <SessionsPanel />
      <HistoryPanel />
    </AccountPage>
  )
}
