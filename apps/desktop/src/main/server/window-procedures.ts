/** They answer a token or a link that is one, so only the main process calls them. */
const secretProcedures = new Set(['operator.impersonate'])

/**
 * What the window may call with the operator's sign-in. Procedures that answer tokens are not among them, and never may be:
 * the window holds no secret.
 */
export function isWindowProcedure(path: string): boolean {
  if (secretProcedures.has(path)) return false
  return /^operator(\.[a-zA-Z]{1,40}){1,3}$/.test(path) || path === 'catalog.plans' || path === 'auth.me'
}
