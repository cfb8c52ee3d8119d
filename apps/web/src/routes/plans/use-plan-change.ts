import { useMutation } from '@tanstack/react-query'
import type { PlanView } from '@tollkeeper/shared'
import { attempt } from '../../api/api-client.ts'
import { useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { goTo } from './go-to.ts'
import { rememberCheckout } from './pending-checkout.ts'

/** Starts what a plan's button says, and leaves for the page where it is paid or managed. Stays busy until the browser has left. */
export function usePlanChange() {
  const client = useTRPCClient()
  const tries = useAttempt()
  const checkout = useMutation({
    mutationFn: async (plan: PlanView) => {
      const { url } = await client.billing.subscribe.mutate({ plan: plan.key }, attempt(`${tries.current()}-${plan.key}`))
      tries.renew()
      rememberCheckout(plan.key)
      goTo(url)
    },
  })
  const portal = useMutation({
    mutationFn: async (_plan: PlanView) => {
      const { url } = await client.billing.portal.mutate()
      goTo(url)
    },
  })
  return { checkout, portal }
}
