import { z } from 'zod'
import { Remedy } from './quota.ts'

/** One fault of a refused request: where, and what is wrong with it. */
export const Fault = z.strictObject({ path: z.string(), message: z.string(), code: z.string().optional() })
export type Fault = z.infer<typeof Fault>

/** What finishes a sign-in whose first factor was right. */
export const PendingSignIn = z
  .strictObject({
    token: z.string().optional().describe('Left out for browsers, which hold it in a cookie.'),
    methods: z.array(z.enum(['totp', 'backup_code', 'passkey'])).describe('What the person can finish it with.'),
    expiresAt: z.string(),
  })
  .meta({ id: 'PendingSignIn' })
export type PendingSignIn = z.infer<typeof PendingSignIn>

/** A refusal over REST, RFC 9457, served as `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string().describe('A page that explains the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened this time, and what to do next.'),
    next: z.string().describe('Only what to do next.'),
    code: z.string().describe('Stable; made for programs.'),
    requestId: z.string().describe('Quote it when you ask for help.'),
    faults: z.array(Fault).optional(),
    decisionId: z.string().optional(),
    retryAfterSeconds: z.int().optional(),
    challenge: PendingSignIn.optional().describe('With `auth.second_factor_needed`.'),
    remedies: z.array(Remedy).optional().describe('What would make it allowed, where that is known.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

/** The same refusal over tRPC: the `data` of the error shape. */
export type ErrorData = Omit<Problem, 'type' | 'title' | 'detail'> & { path?: string }
