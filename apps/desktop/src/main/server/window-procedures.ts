/** They answer a token or a link that is one, so only the main process calls them. */
const secretProcedures = new Set(['operator.impersonate'])

/** They answer until when the proof holds, and no token. */
const proofProcedures = new Set(['auth.stepUp.options', 'auth.stepUp.prove', 'auth.stepUp.mailCode'])

/**
 * What the window may call with the operator's sign-in. Procedures that answer tokens are not among them, and never may be:
 * the window holds no secret.
 */
export function isWindowProcedure(path: string): boolean {
  if (secretProcedures.has(path)) return false
  if (proofProcedures.has(path)) return true
  return /^operator(\.[a-zA-Z]{1,40}){1,3}$/.test(path) || path === 'catalog.plans' || path === 'auth.me'
}
