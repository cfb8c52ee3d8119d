import type { KeyScope, OperatorPermission, Permission } from '@tollkeeper/shared'
import type { ZodType } from 'zod'
import type { LimitName } from '../kernel/brakes.ts'

/** Where a procedure stands in REST, and what its page says. */
export interface RestMeta {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under /api/v1, with parameters in braces. */
  path: `/${string}`
  summary: string
  /** Of the answer; 200 unless said otherwise. */
  status?: 200 | 201 | 202
  /** The list in the input of which one element may be sent by itself, in place of the whole input; paths then begin at it. */
  oneOf?: string
  /** The procedure answers a `FileStream`, and REST its text, while it is made; JSON unless said otherwise. */
  produces?: 'text/csv' | 'application/json'
  /** What the text is once it is whole, where it has a shape that can be told. */
  shape?: ZodType
}

/**
 * What every procedure declares about itself. All of it is required: a procedure without one of these does not compile.
 * Who may call stands in `permission`, for API keys in `scope` (null: keys may not).
 */
export interface ProcedureMeta {
  permission: 'public' | 'second_factor_pending' | 'signed_in' | Permission | OperatorPermission
  scope: KeyScope | null
  /** The action written to the audit trail; null: it changes nothing, or nothing that belongs to anybody. */
  audit: string | null
  /** How a repetition is recognised: not needed (a read, or an act that has the same end twice), by Idempotency-Key, or by an id in the input. */
  idempotent: 'read' | 'natural' | 'key' | 'key_secret' | 'request_id' | 'event_id'
  /** True: the person must have proved who they are within ten minutes; see trpc/step-up.ts. Whatever changes something decides it. */
  stepUp: boolean
  /** Which brake applies; see kernel/brakes.ts. */
  limit: LimitName
  /** The answer may set a cookie or take one away. Where it is not said, the procedure fails when it tries. */
  setsCookie?: true
  rest: RestMeta | null
}
