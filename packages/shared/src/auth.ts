import { z } from 'zod'
import { idOf } from './id.ts'
import { OperatorRole, TenantRole } from './permission.ts'
import { Instant } from './time.ts'

export const Email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .meta({ examples: ['ada@example.com'] })

/** NIST SP 800-63B-4: length and a breach list, no composition rules; counted in code points after normalisation. */
export const NewPassword = z
  .string()
  .max(1024)
  .refine((password) => [...password.normalize('NFKC')].length >= 12, 'must have at least 12 characters')
  .refine((password) => [...password.normalize('NFKC')].length <= 128, 'must have at most 128 characters')

export const PersonName = z.string().trim().min(1).max(120)

export const RegisterInput = z.strictObject({ email: Email, password: NewPassword, name: PersonName })
export type RegisterInput = z.infer<typeof RegisterInput>
export const RegisterAnswer = z.strictObject({ status: z.literal('check_your_mail') })

export const VerifyEmailInput = z.strictObject({ token: z.string().min(1).max(2048) })
export const VerifiedEmail = z.strictObject({ email: z.string(), verified: z.literal(true) })

export const ResendVerificationInput = z.strictObject({ email: Email })

export const LoginInput = z.strictObject({ email: Email, password: z.string().min(1).max(1024) })
export type LoginInput = z.infer<typeof LoginInput>
export const RefreshInput = z.strictObject({ refreshToken: z.string().min(1).max(512) })

export const UserStatus = z.enum(['active', 'suspended', 'erased'])
export const UserView = z
  .strictObject({
    id: idOf('user'),
    email: z.string(),
    emailVerified: z.boolean(),
    name: z.string(),
    avatar: z.string().nullable().describe('Path of their picture, under the address of this server.'),
    status: UserStatus,
    operatorRole: OperatorRole.nullable(),
    deletesAt: Instant.nullable().describe('They asked to be deleted, and will be then.'),
    createdAt: Instant,
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof UserView>

export const MembershipView = z
  .strictObject({ id: idOf('tenant'), name: z.string(), slug: z.string(), role: TenantRole })
  .meta({ id: 'Membership' })
export type MembershipView = z.infer<typeof MembershipView>

export const Me = z.strictObject({ user: UserView, tenants: z.array(MembershipView) })
export type Me = z.infer<typeof Me>

/** Who is signed in, as they are told themselves. */
export const CurrentPerson = Me.extend({
  impersonatedBy: idOf('user')
    .optional()
    .describe('The operator who acts as this person in this session; left out when it is the person.'),
  impersonationEndsAt: Instant.optional().describe('When that ends by itself.'),
}).meta({ id: 'CurrentPerson' })
export type CurrentPerson = z.infer<typeof CurrentPerson>

export const SignedIn = Me.extend({
  accessToken: z.string(),
  accessTokenExpiresIn: z.int().describe('Seconds.'),
  refreshToken: z.string(),
}).meta({ id: 'SignedIn' })
export type SignedIn = z.infer<typeof SignedIn>

export const Done = z.strictObject({ done: z.literal(true) })

/** RFC 8628 §3.2. */
export const DeviceStartInput = z.strictObject({ client: z.enum(['console', 'cli']).default('console') })
export const DeviceStarted = z.strictObject({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationUri: z.string(),
  verificationUriComplete: z.string(),
  expiresIn: z.int().describe('Seconds.'),
  interval: z.int().describe('Seconds to wait between two polls.'),
})
export const DevicePollInput = z.strictObject({ deviceCode: z.string().min(1).max(512) })
export const UserCodeInput = z.strictObject({ userCode: z.string().trim().min(4).max(32) })
export const DeviceRequest = z.strictObject({
  userCode: z.string(),
  client: z.string(),
  status: z.enum(['pending', 'approved', 'denied']),
  expiresAt: Instant,
})
