import type { Decision, Remedy } from '@tollkeeper/client'

/** A refused decision for a person: why, and what would help. */
export function describeRefusal(decision: Decision, url: string): string {
  const { code, feature, amount, remaining, limit, resetsAt, decisionId } = decision
  const upgrade = decision.remedies.find((remedy) => remedy.kind === 'upgrade')
  return [
    `  why         ${code}`,
    ...(remaining === null || limit === null
      ? []
      : [`              ${count(amount)} ${feature} were asked for; ${count(remaining)} of ${count(limit)} are left`]),
    ...(resetsAt ? [`  resets      ${resetsAt}`] : []),
    ...decision.remedies.map(
      (remedy, index) => `${index === 0 ? '  what helps  ' : '              '}${describeRemedy(remedy, feature)}`,
    ),
    `  decision    ${decisionId}`,
    '',
    ...(upgrade ? [`An API key cannot buy. Open ${url}/plans, choose ${upgrade.plan}, and pay; then run this again.`] : []),
  ].join('\n')
}

function describeRemedy(remedy: Remedy, feature: string): string {
  switch (remedy.kind) {
    case 'upgrade':
      return `the plan ${remedy.plan}: ${remedy.limit === null ? `unlimited ${feature}` : `${count(remedy.limit)} ${feature}`}`
    case 'use_less':
      return `asking for ${count(remedy.amount)} ${feature} or fewer`
    case 'wait':
      return `waiting until ${remedy.until}`
    case 'top_up':
      return `${count(remedy.units)} more ${remedy.feature}`
    case 'raise_cap':
      return `a part of the tenant's ${feature} of ${count(remedy.limit)}`
    case 'pay_invoice':
      return 'paying the open invoice'
    case 'ask_role':
      return `a role with the permission ${remedy.permission}`
    case 'issue_key':
      return `an API key with the scope ${remedy.scope}`
    case 'contact_operator':
      return 'talking to whoever runs this service'
  }
}

function count(value: number): string {
  return value.toLocaleString('en')
}
