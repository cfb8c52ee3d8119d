/** They answer a token or a link that is one, so only the main process calls them. */
const secretProcedures = new Set(['operator.impersonate'])

/** What operators may do that stands under another word than theirs. None of them answers a token. */
const otherProcedures = new Set([
  'auth.me',
  // until when the proof holds
  'auth.stepUp.options',
  'auth.stepUp.prove',
  'auth.stepUp.mailCode',
  'catalog.plans',
  'catalog.whole',
  'catalog.setFailurePolicy',
  'catalog.setLeasing',
  'quota.grant.list',
  'quota.grant.grant',
  'quota.grant.void',
  'quota.grant.overrides',
  'quota.grant.overrideLimit',
  'quota.grant.removeOverride',
  'quota.grant.correctUsage',
  'quota.grant.caps',
])

/**
 * What the window may call with the operator's sign-in. Procedures that answer tokens are not among them, and never may be:
 * the window holds no secret.
 */
export function isWindowProcedure(path: string): boolean {
  if (secretProcedures.has(path)) return false
  return otherProcedures.has(path) || /^operator(\.[a-zA-Z]{1,40}){1,3}$/.test(path)
}
