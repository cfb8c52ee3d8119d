import type { AuthorizeInput, Decision } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { decide } from './decision/decide.ts'
import { subjectOf } from './decision/subject.ts'

/** May the caller do this now? Consumes when the answer is yes; see `decide` for what it throws. */
export function authorize(ctx: TenantContext, input: AuthorizeInput): Promise<Decision> {
  return decide(ctx.services, subjectOf(ctx), input)
}
