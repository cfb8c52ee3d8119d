import { z } from 'zod'
import { PendingSignIn } from './problem.ts'
import { Instant } from './time.ts'

/** What can be proved beside a first factor. `approval`: a device that was let in from a session of two factors. */
export const SecondFactorProof = z.enum(['totp', 'backup_code', 'passkey', 'approval'])
export type SecondFactorProof = z.infer<typeof SecondFactorProof>

const TypedCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ examples: ['287082'] })

/** One proof of a second factor that a person types. */
export const SecondFactorInput = z.strictObject({
  method: z.enum(['totp', 'backup_code']).describe('`totp`: the code an authenticator app shows now.'),
  code: TypedCode,
})
export type SecondFactorInput = z.infer<typeof SecondFactorInput>

/** A first code, which shows that an authenticator app has the secret. */
export const ConfirmTotpInput = z.strictObject({ code: TypedCode })

/** An authenticator app that is being set up. */
export const TotpOffer = z
  .strictObject({
    secret: z.string().describe('In Base32, for who types it in.'),
    uri: z.string().describe('`otpauth://…`, for a QR code.'),
  })
  .meta({ id: 'TotpOffer' })
export type TotpOffer = z.infer<typeof TotpOffer>

/** Each works once, in place of the app or the passkey. They are told here and never again. */
export const BackupCodes = z
  .strictObject({
    backupCodes: z.array(z.string()).describe('Empty where two-step sign-in was on before: the codes there were go on.'),
  })
  .meta({ id: 'BackupCodes' })
export type BackupCodes = z.infer<typeof BackupCodes>

export const SecondFactorView = z
  .strictObject({
    enabled: z.boolean().describe('True: every sign-in takes a second step.'),
    methods: PendingSignIn.shape.methods.describe('What finishes a sign-in. `passkey`: any of yours.'),
    passkeysSince: Instant.nullable().describe('Since when it is on by your passkeys; null: not by them.'),
    passkeys: z.int().describe('How many of your passkeys it could be turned on with, or can finish a sign-in.'),
    totpSince: Instant.nullable().describe('Since when there is an authenticator app; null: there is none.'),
    backupCodesLeft: z.int(),
    requiredBy: z.array(z.string()).describe('The names of your tenants that ask their members for one.'),
  })
  .meta({ id: 'SecondFactor' })
export type SecondFactorView = z.infer<typeof SecondFactorView>

export const StepUpMethod = z.enum(['passkey', 'password', 'totp', 'backup_code', 'mail_code'])
export type StepUpMethod = z.infer<typeof StepUpMethod>

/** How a person can prove again who they are. Empty: only by signing in again. */
export const StepUpOptions = z.strictObject({ methods: z.array(StepUpMethod), freshUntil: Instant })
export type StepUpOptions = z.infer<typeof StepUpOptions>

export const StepUpInput = z.strictObject({
  method: StepUpMethod.exclude(['passkey']),
  secret: z
    .string()
    .min(1)
    .max(1024)
    .describe('The password, or the code.')
    .meta({ examples: ['287082'] }),
})
export type StepUpInput = z.infer<typeof StepUpInput>

/** A code is on its way to the caller's own address. */
export const StepUpMailed = z.strictObject({
  status: z.literal('check_your_mail'),
  expiresAt: Instant.describe('Until then the code works, in the session that asked for it.'),
})
export type StepUpMailed = z.infer<typeof StepUpMailed>

export const Freshened = z.strictObject({ freshUntil: Instant.describe('Until then, sensitive acts ask nothing more.') })
export type Freshened = z.infer<typeof Freshened>
