import type { DenialFacts, RemedyFacts } from './denial.ts'

/** The words of a denial. Replace any of them to translate it. */
export interface DenialLabels {
  title: string
  asked: (facts: DenialFacts) => string
  why: (facts: DenialFacts) => string
  remediesTitle: string
  remedy: (facts: RemedyFacts) => string
  /** Who can do it. */
  by: (facts: RemedyFacts) => string
  noRemedy: string
  quote: string
}

function why({ code, feature, remaining, limit, partly }: DenialFacts): string {
  switch (code) {
    case 'quota.limit_reached':
      return partly ? `Only ${remaining} of ${limit} are left.` : `All ${limit} are used.`
    case 'quota.not_in_plan':
      return `Your plan does not include ${feature}.`
    case 'quota.cap_reached':
      return partly ? `Only ${remaining} of the ${limit} you may use are left.` : `You have used all ${limit} of your part.`
    case 'rate.limit_reached':
      return `That is too fast: ${limit} are allowed at a time.`
    case 'billing.payment_overdue':
      return 'A payment is overdue and the time to settle it has passed.'
    case 'tenant.suspended':
      return 'This tenant is suspended.'
    case 'auth.user_suspended':
      return 'This account is suspended.'
    case 'access.not_a_member':
      return 'You are not a member of this tenant.'
    case 'access.forbidden':
      return 'Your role does not permit this.'
    case 'api_key.scope_missing':
      return 'The key has no scope for this.'
    default:
      return 'One of the rules that apply here refused it.'
  }
}

function remedy({ kind, plan, limit, until, amount, permission, scope }: RemedyFacts): string {
  switch (kind) {
    case 'upgrade':
      return limit ? `Upgrade to ${plan}, which grants ${limit}` : `Upgrade to ${plan}`
    case 'wait':
      return `Wait until ${until}, when the limit starts again`
    case 'use_less':
      return `Ask for ${amount} or less`
    case 'top_up':
      return `Top up ${amount}`
    case 'raise_cap':
      return `Raise your part to ${limit}`
    case 'pay_invoice':
      return 'Pay the open invoice'
    case 'ask_role':
      return `Get a role with the permission ${permission}`
    case 'issue_key':
      return `Use a key with the scope ${scope}`
    case 'contact_operator':
      return 'Contact the people who run this service'
    default:
      return `Ask support about "${kind}"`
  }
}

const actors: Readonly<Record<string, string>> = {
  upgrade: 'an owner of the tenant can',
  top_up: 'an owner of the tenant can',
  raise_cap: 'an admin of the tenant can',
  pay_invoice: 'an owner of the tenant can',
  ask_role: 'an admin of the tenant can',
  issue_key: 'anyone who may issue keys can',
  use_less: 'you can',
  contact_operator: 'you can',
}

export const denialLabels: DenialLabels = {
  title: 'Not allowed',
  asked: ({ amount, feature }) => `You asked for ${amount} ${feature}.`,
  why,
  remediesTitle: 'What would make it allowed',
  remedy,
  by: ({ kind }) => actors[kind] ?? '',
  noRemedy: 'Nothing you can change here would allow it. Quote the id below to support.',
  quote: 'Quote',
}
