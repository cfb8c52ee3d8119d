import { browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'

/** Whether this browser knows passkeys, on a page that may ask for one. */
export const knowsPasskeys = browserSupportsWebAuthn

type Options = { publicKey: Record<string, unknown> }
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

/** Asks the device to make a passkey. @throws WebAuthnError when the person stops, or the device has one already */
export async function makePasskey({ publicKey }: Options) {
  const made = await startRegistration({ optionsJSON: publicKey as unknown as CreationOptions })
  return { ...made, response: { ...made.response } }
}

/** Asks the device for a passkey of this site. @throws WebAuthnError when the person stops */
export async function askForPasskey({ publicKey }: Options) {
  const given = await startAuthentication({ optionsJSON: publicKey as unknown as RequestOptions })
  return { ...given, response: { ...given.response } }
}

/** What the device or the person refused, apart from what the server did. */
export function refusalOfDevice(error: unknown): 'known_already' | 'stopped' | null {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'known_already'
  if (error instanceof WebAuthnError || (error instanceof Error && error.name === 'NotAllowedError')) return 'stopped'
  return null
}
