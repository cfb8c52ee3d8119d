import { setUpTotp } from '../../modules/auth/testing/authenticator.ts'
import { addPasskey, type Device, type optionsOf, usePasskey } from '../../modules/auth/testing/passkey-holder.ts'
import { Browser } from './browser.ts'
import { newestMail, type Somebody, somebody, type World } from './world.ts'

/** What somebody does in a browser. @returns the address of who is signed in there after it; null for nobody */
export type Scene = (browser: Browser, world: World) => Promise<string | null>

/** Every way in and out of a browser, and whatever else sets a cookie. Those that are missing are found by the router's own word. */
export const scenes: Record<string, Scene> = {
  'a password': async (browser, world) => signIn(browser, await somebody(world)),
  'a password and the code of an authenticator app': async (browser, world) => {
    const { ada, totp } = await withTotp(world)
    await firstStep(browser, ada)
    await browser.call('auth.challenge.signIn', { method: 'totp', code: totp.nextCode() })
    return ada.email
  },
  'a password and a backup code': async (browser, world) => {
    const { ada, totp } = await withTotp(world)
    await firstStep(browser, ada)
    await browser.call('auth.challenge.signIn', { method: 'backup_code', code: totp.backupCodes[0] })
    return ada.email
  },
  'a password and a passkey': async (browser, world) => {
    const { ada, device, call } = await withPasskey(world)
    const turnedOn = await usePasskey(call, device, '/users/me/second-factor/passkeys', world.origin)
    if (turnedOn.status !== 200) throw new Error(`It was not turned on: ${JSON.stringify(turnedOn.body)}`)
    await firstStep(browser, ada)
    const options = await browser.call<ReturnType<typeof optionsOf>>('auth.challenge.passkeyOptions')
    const credential = device.get(options, { origin: world.origin })
    await browser.call('auth.challenge.signInWithPasskey', { credential })
    return ada.email
  },
  'a half-done sign-in that is given up': async (browser, world) => {
    const { ada } = await withTotp(world)
    await firstStep(browser, ada)
    await browser.call('auth.signOut')
    if (browser.holds('challenge')) throw new Error('The browser still holds the challenge')
    return null
  },
  'the code of a mail': async (browser, world) => {
    const { email } = await somebody(world)
    const { attempt } = await browser.call<{ attempt: string }>('auth.mail.ask', { email })
    const code = /^\d{6}$/m.exec(await newestMail(world, email))![0]
    await browser.call('auth.mail.signInWithCode', { attempt, code })
    return email
  },
  'the link of a mail': async (browser, world) => {
    const { email } = await somebody(world)
    await browser.call('auth.mail.ask', { email })
    await browser.call('auth.mail.signInWithLink', { token: tokenIn(await newestMail(world, email)) })
    return email
  },
  'a passkey': async (browser, world) => {
    const { ada, device } = await withPasskey(world)
    const options = await browser.call<ReturnType<typeof optionsOf>>('auth.passkey.signInOptions')
    await browser.call('auth.passkey.signIn', { credential: device.get(options, { origin: world.origin }) })
    return ada.email
  },
  GitHub: async (browser, world) => {
    const { email } = await somebody(world)
    await browser.visit('github', 'auth.provider.authorize', atGithub(world, email))
    return email
  },
  Google: async (browser, world) => {
    const { email } = await somebody(world)
    const code = world.providers.google.agree({ sub: email, email, email_verified: true, name: 'Ada' })
    await browser.visit('google', 'auth.provider.authorize', code)
    return email
  },
  'GitHub, where there is a second step': async (browser, world) => {
    const { ada, totp } = await withTotp(world)
    await browser.visit('github', 'auth.provider.authorize', atGithub(world, ada.email))
    if (browser.holds('session')) throw new Error('There is a session before the second step')
    await browser.call('auth.challenge.signIn', { method: 'totp', code: totp.nextCode() })
    return ada.email
  },
  'GitHub, which says no': async (browser, world) => {
    const before = await signIn(browser, await somebody(world))
    await browser.visit('github', 'auth.provider.authorize', 'a code nobody gave')
    return before
  },
  'a link to GitHub': async (browser, world) => {
    const ada = await somebody(world)
    await signIn(browser, ada)
    await browser.visit('github', 'auth.provider.link', atGithub(world, ada.email))
    return ada.email
  },
  'a password that is proved again': async (browser, world) => {
    const ada = await somebody(world)
    await signIn(browser, ada)
    await browser.call('auth.stepUp.prove', { method: 'password', secret: ada.password })
    return ada.email
  },
  'a passkey that is used again': async (browser, world) => {
    const ada = await somebody(world)
    await signIn(browser, ada)
    const { device } = await addPasskey(browser.rest(), world.origin)
    await usePasskey(browser.rest('auth.stepUp.proveByPasskey'), device, '/auth/step-up/passkey', world.origin)
    return ada.email
  },
  'an operator who acts as somebody': (browser, world) => actAs(browser, world),
  'an operator who acts as somebody, where somebody was half signed in': async (browser, world) => {
    await firstStep(browser, (await withTotp(world)).ada)
    const who = await actAs(browser, world)
    if (browser.holds('challenge')) throw new Error('The browser still holds the challenge')
    return who
  },
  'a sign-out': async (browser, world) => {
    await signIn(browser, await somebody(world))
    await browser.call('auth.signOut')
    return null
  },
  'a sign-out by REST': async (browser, world) => {
    await signIn(browser, await somebody(world))
    await browser.rest('auth.logout')('POST', '/auth/logout')
    return null
  },
}

async function signIn(browser: Browser, { email, password }: Somebody): Promise<string> {
  await browser.call('auth.signIn', { email, password })
  return email
}

/** The first of two steps: whoever was signed in before is not any more, and nobody is yet. */
async function firstStep(browser: Browser, { email, password }: Somebody): Promise<void> {
  await browser.call('auth.signIn', { email, password }, 401)
  if (browser.holds('session') || !browser.holds('challenge')) throw new Error('The browser does not hold the challenge alone')
}

async function actAs(browser: Browser, world: World): Promise<string> {
  const { email, userId } = await somebody(world)
  const operator = await world.app.operator()
  const { body } = await operator.call('POST', `/users/${userId}/impersonate`, { reason: 'to see what they see' })
  const token = new URL((body as { link: string }).link).searchParams.get('token')!
  await browser.call('auth.enterImpersonation', { token })
  return email
}

async function withTotp(world: World) {
  const ada = await somebody(world)
  const elsewhere = new Browser(world)
  await signIn(elsewhere, ada)
  return { ada, totp: await setUpTotp({ call: elsewhere.rest() }, world.clock) }
}

async function withPasskey(world: World) {
  const ada = await somebody(world)
  const elsewhere = new Browser(world)
  await signIn(elsewhere, ada)
  const call = elsewhere.rest()
  const { device }: { device: Device } = await addPasskey(call, world.origin)
  return { ada, device, call }
}

let githubIds = 0

function atGithub({ providers }: World, email: string): string {
  return providers.github.agree({ id: ++githubIds, login: 'ada', emails: [{ email, primary: true, verified: true }] })
}

function tokenIn(mail: string): string {
  return decodeURIComponent(/[?]token=([^\s"&]+)/.exec(mail)![1]!)
}
