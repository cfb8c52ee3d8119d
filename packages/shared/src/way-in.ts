import { z } from 'zod'
import { Email } from './auth.ts'
import { idOf } from './id.ts'
import { Instant } from './time.ts'

/** Who else can say who somebody is. */
export const ProviderName = z.enum(['github', 'google'])
export type ProviderName = z.infer<typeof ProviderName>

/**
 * A path of this server, such that every reader takes it for one: plain printable ASCII without a backslash, and a path that stays
 * what it is when dots are taken out of it, with no empty part that some read as the start of a host.
 */
export const OwnPath = z
  .string()
  .max(1024)
  .refine(staysHere, 'must be a path of this server, such as /keys')
  .meta({ examples: ['/keys'] })

function staysHere(address: string): boolean {
  if (!/^\/[\x21-\x5b\x5d-\x7e]*$/.test(address)) return false
  const path = address.split(/[?#]/, 1)[0]
  if (path === undefined || path.includes('//') || /%(?:5c|2f|2e|0|1)/i.test(path)) return false
  const here = 'http://here.invalid'
  if (!URL.canParse(address, here)) return false
  const { origin, pathname } = new URL(address, here)
  return origin === here && pathname === path
}

/** What can be used on the sign-in page, beside a password. */
export const WaysIn = z
  .strictObject({
    providers: z.array(ProviderName),
    passkeys: z.boolean().describe('False where the address of the server is an IP address: passkeys need a name.'),
  })
  .meta({ id: 'WaysIn' })
export type WaysIn = z.infer<typeof WaysIn>

export const ProviderInput = z.strictObject({ provider: ProviderName })
export const ProviderAuthorizeInput = z.strictObject({
  provider: ProviderName,
  next: OwnPath.optional().describe('The page to show once signed in.'),
})
export type ProviderAuthorizeInput = z.infer<typeof ProviderAuthorizeInput>
export const ProviderAuthorization = z.strictObject({
  authorizationUrl: z.string().describe('Open it in the browser that got this answer: its cookie is needed to come back.'),
})
export type ProviderAuthorization = z.infer<typeof ProviderAuthorization>

export const LinkedAccounts = z
  .strictObject({
    accounts: z.array(z.strictObject({ provider: ProviderName, linkedAt: Instant })),
    providers: z.array(ProviderName).describe('Those that can be linked on this server.'),
  })
  .meta({ id: 'LinkedAccounts' })
export type LinkedAccounts = z.infer<typeof LinkedAccounts>

export const MailSignInInput = z.strictObject({ email: Email })
/** The same answer whether or not there is such an account. */
export const MailSignInAsked = z
  .strictObject({
    status: z.literal('check_your_mail'),
    attempt: z.string().describe('Send it back with the code; a code works only with the attempt it was mailed for.'),
    expiresAt: Instant,
  })
  .meta({ id: 'MailSignInAsked' })
export type MailSignInAsked = z.infer<typeof MailSignInAsked>
export const MailCodeInput = z.strictObject({
  attempt: z.string().min(1).max(512),
  code: z
    .string()
    .trim()
    .transform((typed) => typed.replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'must be the six digits of the mail')),
})
export type MailCodeInput = z.infer<typeof MailCodeInput>

/** A WebAuthn object as JSON; what is in it is read by the library that checks it. */
const WebAuthnJson = z.record(z.string(), z.unknown())
const Base64Url = z
  .string()
  .max(8192)
  .regex(/^[\w-]+$/, 'must be base64url')

export const PasskeyOptions = z.strictObject({
  publicKey: WebAuthnJson.describe('For navigator.credentials, as JSON (WebAuthn level 3).'),
})
export type PasskeyOptions = z.infer<typeof PasskeyOptions>

/** What every answer of an authenticator holds; the rest is kept as it came. */
const Credential = { id: Base64Url, rawId: Base64Url, type: z.literal('public-key') }

export const PasskeyCreation = z.looseObject({
  ...Credential,
  response: z.looseObject({ clientDataJSON: Base64Url, attestationObject: Base64Url.max(65_536) }),
})
export const PasskeyAssertion = z.looseObject({
  ...Credential,
  response: z.looseObject({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

export const PasskeyName = z.string().trim().min(1).max(80)
export const AddPasskeyInput = z.strictObject({ name: PasskeyName.optional(), credential: PasskeyCreation })
export type AddPasskeyInput = z.infer<typeof AddPasskeyInput>
export const PasskeySignInInput = z.strictObject({ credential: PasskeyAssertion })
export type PasskeySignInInput = z.infer<typeof PasskeySignInInput>
export const PasskeyIdInput = z.strictObject({ id: idOf('passkey') })
export const RenamePasskeyInput = z.strictObject({ id: idOf('passkey'), name: PasskeyName })

export const PasskeyView = z
  .strictObject({
    id: idOf('passkey'),
    name: z.string(),
    backedUp: z.boolean().describe('Kept in more than one device, so losing one loses nothing.'),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'Passkey' })
export type PasskeyView = z.infer<typeof PasskeyView>
export const PasskeyList = z.strictObject({ passkeys: z.array(PasskeyView) })
