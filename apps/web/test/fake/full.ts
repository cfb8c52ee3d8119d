import type { FakeAnswers } from './answers.ts'
import { account } from './full/account.ts'
import { comingIn } from './full/coming-in.ts'
import { apiKeys } from './full/keys.ts'
import { catalogAndBilling } from './full/plans.ts'
import { tenant } from './full/tenant.ts'
import { usageAndDecisions } from './full/usage.ts'

/** A tenant in the middle of its life: everything has something in it. */
export const full: FakeAnswers = {
  ...comingIn,
  ...account,
  ...tenant,
  ...apiKeys,
  ...catalogAndBilling,
  ...usageAndDecisions,
}
