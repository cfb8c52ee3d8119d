import type { ProcedureMeta } from './meta.ts'

/** Acts, by their name in the audit trail, that an operator who acts as a person may do. */
const allowedActs = new Set(['session.ended'])

/**
 * Whether an operator may do this as somebody else. They look around and ask for decisions, to see what the person sees, and end
 * the impersonation. Everything else that changes something is refused, so what is added later is safe until somebody decides.
 */
export function mayBeDoneForAnother(meta: Pick<ProcedureMeta, 'permission' | 'idempotent' | 'audit'>): boolean {
  if (meta.idempotent === 'read' || meta.permission === 'public') return true
  return meta.permission === 'decision:ask' || (meta.audit !== null && allowedActs.has(meta.audit))
}
