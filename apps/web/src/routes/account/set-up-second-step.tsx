import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { safeNext } from '../../session/safe-next.ts'
import { useTenantAccess } from '../../session/session.ts'
import { Page } from '../../shell/page.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { text } from './second-factor-text.ts'

const route = getRouteApi('/signed-in/shell/account/second-step')

/** Where a refusal leads that asks for a second step: nothing but that, and then back to what was refused. */
export function SetUpSecondStep() {
  const { next } = route.useSearch()
  const { history } = useRouter()
  const { askAgain } = useTenantAccess()
  const back = safeNext(next)
  return (
    <Page
      title={text.setUpPage.title}
      description={next === undefined ? text.setUpPage.body : text.setUpPage.bodyAndBack}
      action={
        next === undefined ? (
          <Button asChild>
            <Link to="/account/security">{text.setUpPage.toAccount}</Link>
          </Button>
        ) : (
          <Button onClick={() => history.push(back)}>{text.setUpPage.back}</Button>
        )
      }
    >
      <SecondFactorPanel
        onReady={() => {
          askAgain()
          if (next !== undefined) history.push(back)
        }}
      />
      <PasskeysPanel />
    </Page>
  )
}
