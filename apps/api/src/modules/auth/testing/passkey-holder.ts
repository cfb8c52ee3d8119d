import { expect } from 'vitest'
import { type Answer, type Call, callerOf, type TestApp } from '../../../testing/index.ts'
import { softwarePasskey } from './software-passkey.ts'

export type Device = ReturnType<typeof softwarePasskey>

/** Where passkeys work, and the browser's word for it. */
export const ORIGIN = 'http://localhost:4000'

export const optionsOf = ({ body }: Answer) => body as Parameters<Device['get']>[0]

/** Makes a passkey for somebody who is signed in, as their browser would. */
export async function addPasskey(call: Call, origin = ORIGIN): Promise<{ device: Device; id: string }> {
  const device = softwarePasskey()
  const made = device.create(optionsOf(await call('POST', '/users/me/passkeys/options')), { origin })
  const added = await call('POST', '/users/me/passkeys', { credential: made })
  expect(added).toMatchObject({ status: 201 })
  return { device, id: (added.body as { id: string }).id }
}

/** Uses a passkey for something that is asked of who is signed in. */
export async function usePasskey(
  call: Call,
  device: Device,
  path: '/auth/step-up/passkey' | '/users/me/second-factor/passkeys',
  origin = ORIGIN,
): Promise<Answer> {
  const options = optionsOf(await call('POST', `${path}/options`))
  return call('POST', path, { credential: device.get(options, { origin }) })
}

/** Finishes a half-done sign-in with a passkey. @param options those of another time, to see that they are refused */
export async function finishWithPasskey(
  { url }: Pick<TestApp, 'url'>,
  token: string,
  device: Device,
  options?: Parameters<Device['get']>[0],
): Promise<Answer> {
  const call = callerOf(url, { authorization: `Bearer ${token}` })
  const asked = options ?? optionsOf(await call('POST', '/auth/challenge/passkey/options'))
  return call('POST', '/auth/challenge/passkey', { credential: device.get(asked, { origin: ORIGIN }) })
}
