import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath, sayWithoutChromium } from './chromium.ts'
import { fakeClient } from './fake/fake-client.ts'
import type { FakeServer } from './fake/fake-server.ts'
import { full } from './fake/full.ts'
import { refuse } from './fake/refusal.ts'

if (chromiumPath) describe('the client', behaviour)
else {
  sayWithoutChromium('The tests of how the client behaves')
  test('the answers for the client are made for a signed-in person', async () => {
    expect((await full['auth.me']?.({} as never, ''))?.tenants).toHaveLength(2)
  })
}

function behaviour() {
  const client = fakeClient()
  let server: FakeServer
  let page: Page
  beforeEach(() => {
    server = client.server
    page = client.page
  })
  const open = (path: string) => page.goto(`${server.url}${path}`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  test('a chosen theme is in place before the page paints, without the app', async () => {
    await open('/sign-in')
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.route('**/assets/index-*.js', (route) => route.abort())
    await open('/sign-in')
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })

  test('faults of the server land on their fields, and what was typed stays', async () => {
    server.answer({
      ...full,
      'auth.register': refuse('input.invalid', undefined, { faults: [{ path: 'email', message: 'is not an address' }] }),
    })
    await open('/sign-up')
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Email').fill('ada@')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Create account').click()
    await page.getByText('Is not an address.').waitFor()
    expect(await page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('Email').inputValue()).toBe('ada@')
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('tidal copper lantern')
  })

  test('whoever is not signed in is sent to do so, and comes back to the same address', async () => {
    server.answer({ ...full, 'auth.me': refuse('auth.unauthenticated') })
    await open('/device?user_code=WDJB-MJHT')
    await page.waitForURL('**/sign-in?next=*')
    server.answer(full)
    await signIn()
    await page.waitForURL('**/device?user_code=WDJB-MJHT')
    await page.getByText('WDJB-MJHT').waitFor()
  })

  test('a link to the sign-in page leads nowhere else after signing in', async () => {
    await open('/sign-in?next=%2F%2Fevil.example%2Fkeys')
    await signIn()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(new URL(page.url()).origin).toBe(server.url)
  })

  test('a session that ends under the page leads to the sign-in page', async () => {
    await open('/keys')
    await page.getByText('production').waitFor()
    server.answer({ ...full, 'auth.me': refuse('auth.session_ended'), 'tenant.member.list': refuse('auth.session_ended') })
    await page.getByRole('link', { name: 'Members' }).click()
    await page.waitForURL('**/sign-in?next=%2Fmembers')
  })

  test('an invitation is accepted by who is signed in with its address, and leads into the tenant', async () => {
    const sent: unknown[] = []
    server.answer({
      ...full,
      'tenant.invitation.accept': (input: never) => {
        sent.push(input)
        return { tenantId: `ten_${'0'.repeat(25)}2`, memberId: 'mem_0', role: 'admin' }
      },
    })
    await open('/invitation?token=abc')
    await page.getByRole('heading', { name: 'Join Acme Translations' }).waitFor()
    expect(sent).toEqual([])
    await button('Accept invitation').click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(sent).toEqual([{ token: 'abc' }])
  })

  test('an invitation for another address asks to sign out first, and is offered again then', async () => {
    const offer = { ...(await full['tenant.invitation.describe']!({} as never)), email: 'other@example.com' }
    server.answer({ ...full, 'tenant.invitation.describe': () => offer })
    await open('/invitation?token=abc')
    await page.getByText('This browser is signed in as ada@example.com').waitFor()
    expect(await button('Accept invitation').count()).toBe(0)
    server.answer({ ...full, 'tenant.invitation.describe': () => offer, 'auth.me': refuse('auth.unauthenticated') })
    await button('Sign out and go on').click()
    await button('Create account and join').waitFor()
  })

  test('who has no account makes one with the invitation, without another mail', async () => {
    const sent: unknown[] = []
    server.answer({
      ...full,
      'auth.me': refuse('auth.unauthenticated'),
      'auth.registerInvited': (input: never) => {
        sent.push(input)
        return { tenantId: `ten_${'0'.repeat(25)}1`, memberId: 'mem_0', role: 'member', email: 'ada@example.com' }
      },
    })
    await open('/invitation?token=abc')
    await button('Create account and join').click()
    await page.getByText('Enter your name.').waitFor()
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Create account and join').click()
    await expect.poll(() => sent).toEqual([{ token: 'abc', name: 'Ada', password: 'tidal copper lantern' }])
  })

  test('whoever acts as a person is told so above every screen, and ends it there', async () => {
    const me = {
      ...(await full['auth.me']!({} as never, '')),
      impersonatedBy: 'usr_0',
      impersonationEndsAt: '2099-01-01T00:00:00Z',
    }
    server.answer({ ...full, 'auth.me': () => me })
    await open('/members')
    const banner = page.getByRole('complementary', { name: /^You act as Ada Lovelace/ })
    await banner.waitFor()
    await banner.getByRole('button', { name: 'End' }).click()
    await page.waitForURL('**/sign-in*')
  })

  test('opening the verification link sends nothing; the password that was chosen goes with it, once', async () => {
    const sent: unknown[] = []
    server.answer({
      ...full,
      'auth.confirmRegistration': (input: never) => {
        sent.push(input)
        return { email: 'ada@example.com', verified: true }
      },
    })
    await open('/verify-email?token=abc')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    expect(sent).toEqual([])
    await button('Verify and sign in').click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(sent).toEqual([{ token: 'abc', password: 'tidal copper lantern' }])
  })

  test('a link that was used before offers another one', async () => {
    server.answer({ ...full, 'auth.confirmRegistration': refuse('auth.token_invalid') })
    await open('/verify-email?token=used')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Verify and sign in').click()
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
    await button('Send a new link').waitFor()
  })

  test('a link to sign in that was used before says so, and offers another mail instead of itself', async () => {
    server.answer({ ...full, 'auth.mail.signInWithLink': refuse('auth.token_invalid') })
    await open('/sign-in-link?token=used')
    await button('Sign in here').click()
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
    expect(await button('Sign in here').count()).toBe(0)
    await page.getByRole('link', { name: 'Ask for another mail' }).waitFor()
  })

  test('what is refused for good is told without offering to ask again', async () => {
    server.answer({
      ...full,
      'auth.device.describe': refuse('auth.device_expired'),
      'tenant.invitation.describe': refuse('invitation.not_found'),
    })
    await open('/device?user_code=OLD')
    await page.getByText('auth.device_expired').waitFor()
    expect(await button('Try again').count()).toBe(0)
    await open('/invitation?token=abc')
    await page.getByText('invitation.not_found').waitFor()
    expect(await button('Try again').count()).toBe(0)
    server.answer({ ...full, 'auth.device.describe': refuse('service.internal') })
    await open('/device?user_code=OLD')
    await button('Try again').waitFor()
  })

  test('the link of a mail does what it says only when its button is pressed', async () => {
    const sent: unknown[] = []
    server.answer({
      ...full,
      'auth.session.notMe': (input: never) => {
        sent.push(input)
        return { status: 'check_your_mail' }
      },
    })
    await open('/not-me?token=abc')
    await button('End that sign-in').waitFor()
    expect(sent).toEqual([])
    await button('End that sign-in').click()
    await page.getByRole('heading', { name: 'The sign-in has ended' }).waitFor()
    expect(sent).toEqual([{ token: 'abc' }])
  })

  test('a wrong current password stands at its field, and what was typed stays', async () => {
    server.answer({
      ...full,
      'auth.account.changePassword': refuse('auth.password_wrong', undefined, {
        faults: [{ path: 'currentPassword', message: 'is not the password of this account' }],
      }),
    })
    await open('/account/security')
    await page.locator('input[name=currentPassword]').fill('not my password')
    await page.locator('input[name=newPassword]').fill('tidal copper lantern')
    await button('Change password').click()
    await page.getByText('Is not the password of this account.').waitFor()
    expect(await page.locator('input[name=newPassword]').inputValue()).toBe('tidal copper lantern')
  })

  test('the secret of a new key stays until it is said to be stored, and Escape does not lose it', async () => {
    await open('/keys?issue=yes')
    await page.getByLabel('Name').fill('staging')
    await page.getByRole('dialog').getByRole('button', { name: 'Issue key' }).click()
    const secret = page.getByText(/^tk_7Qm2vR8k/)
    await secret.waitFor()
    await page.keyboard.press('Escape')
    expect(await secret.isVisible()).toBe(true)
    await button('I have stored it').click()
    await secret.waitFor({ state: 'detached' })
  })

  test('a key is revoked only after its name was typed', async () => {
    let revoked = 0
    server.answer({
      ...full,
      'apiKey.revoke': refuse('api_key.not_found'),
    })
    page.on('request', (request) => {
      if (request.url().includes('apiKey.revoke')) revoked += 1
    })
    await open('/keys')
    await button('Revoke production').click()
    await button('Revoke key').click()
    await page.getByText('That is not "production". Type it as it is written.').waitFor()
    expect(revoked).toBe(0)
    await page.getByLabel('Type production to confirm').fill('production')
    await button('Revoke key').click()
    await page.getByText('There is no such API key in this tenant.').waitFor()
    expect(revoked).toBe(1)
  })

  test('an account is deleted only after its address was typed, and can be kept from the page that follows', async () => {
    const asked: unknown[] = []
    let deletesAt: string | null = null
    const me = await full['auth.me']!({} as never, '')
    server.answer({
      ...full,
      'auth.me': () => ({ ...me, user: { ...me.user, deletesAt } }),
      'personalData.requestDeletion': (input) => {
        asked.push(input)
        deletesAt = '2026-12-09T10:00:00.000Z'
        return { deletesAt }
      },
      'personalData.cancelDeletion': () => {
        deletesAt = null
        return { done: true }
      },
    })
    await open('/account')
    await button('Delete my account').click()
    await page.getByLabel('Type ada@example.com to confirm').fill('ada')
    await button('Delete account').click()
    await page.getByText('That is not "ada@example.com". Type it as it is written.').waitFor()
    expect(asked).toEqual([])
    await page.getByLabel('Type ada@example.com to confirm').fill('ada@example.com')
    await button('Delete account').click()
    await page.getByRole('heading', { name: 'Your account will be deleted' }).waitFor()
    expect(asked).toEqual([{ email: 'ada@example.com' }])
    await open('/keys')
    await button('Keep my account').click()
    await page.getByRole('heading', { name: 'API keys' }).waitFor()
  })

  test('a picture is made small before it is sent, and what is no picture is told at once', async () => {
    const sent: string[] = []
    server.answer({
      ...full,
      'auth.account.setAvatar': (({ image }: { image: string }) => {
        sent.push(image)
        return full['auth.me']!({} as never, '')
      }) as never,
    })
    await open('/account')
    const input = page.getByLabel('Choose a picture')
    await input.first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await page.getByText('This is not a picture your browser can show').waitFor()
    expect(sent).toEqual([])
    const large = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(3000, 2000)
      canvas.getContext('2d')!.fillRect(0, 0, 1500, 1000)
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]
    })
    await input.first().setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from(large) })
    await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(1)
    expect(Buffer.from(sent[0]!, 'base64').subarray(8, 12).toString()).toBe('WEBP')
    expect(sent[0]!.length).toBeLessThan(100_000)
  })

  test('asking again after a lost answer names the same attempt, so that it is charged once', async () => {
    const attempts: string[] = []
    await page.route('**/trpc/quota.authorize', (route) => {
      attempts.push(route.request().postDataJSON().requestId)
      return attempts.length === 1 ? route.abort('connectionreset') : route.continue()
    })
    await open('/')
    await button('Ask').click()
    await page.getByText('The server cannot be reached.').waitFor()
    await button('Ask').click()
    await page.getByText('Not allowed').waitFor()
    await button('Ask').click()
    await expect.poll(() => attempts.length).toBe(3)
    expect(attempts[1]).toBe(attempts[0])
    expect(attempts[2]).not.toBe(attempts[0])
  })

  test('coming back from the payment page grants nothing by itself: only a changed plan is called confirmed', async () => {
    const free = {
      ...(await full['billing.current']?.({} as never, ''))!,
      plan: 'free',
      planName: 'Free',
      status: 'none' as const,
      id: null,
    }
    server.answer({ ...full, 'billing.current': () => free })
    await open('/billing/confirming?session=cs_test_made_up')
    await page.getByRole('heading', { name: 'Confirming your payment' }).waitFor()
    await page.waitForTimeout(2500)
    expect(await page.getByRole('heading', { name: /You are on/ }).count()).toBe(0)
    server.answer(full)
    await page.getByRole('heading', { name: 'You are on Starter' }).waitFor()
  })

  test('an answer for one tenant is never shown under another', async () => {
    const usage = (await full['quota.current']?.({} as never, ''))!
    const first = usage.features[0]!
    let late: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      late = resolve
    })
    server.answer({
      ...full,
      'quota.current': async (_input: never, tenantId: string) => {
        const ofAcme = tenantId.endsWith('2')
        if (!ofAcme) await held
        return { ...usage, features: [{ ...first, used: ofAcme ? 222 : 111 }] }
      },
    })
    await open('/')
    await page.getByRole('button', { name: /switch or create/ }).click()
    await page.getByRole('menuitem', { name: 'Acme Translations' }).click()
    await page.getByText('222', { exact: false }).first().waitFor()
    late()
    await page.waitForTimeout(800)
    expect(await page.getByText('111 of', { exact: false }).count()).toBe(0)
    await page.reload()
    await page.getByRole('button', { name: /Acme Translations \(switch/ }).waitFor()
  })

  test('everything can be reached and done with the keyboard', async () => {
    await open('/keys')
    await page.getByText('production').waitFor()
    await page.keyboard.press('Tab')
    expect(await focusedText()).toBe('Skip to content')
    await page.getByRole('link', { name: 'Plans' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Plans', exact: true }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
  })

  async function signIn(): Promise<void> {
    await page.getByLabel('Email').fill('ada@example.com')
    await page.getByLabel('Password', { exact: true }).fill('tidal copper lantern')
    await button('Sign in').click()
  }

  function focusedText(): Promise<string | undefined> {
    return page.evaluate(() => document.activeElement?.textContent ?? undefined)
  }
}
