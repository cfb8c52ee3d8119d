import { expect, test } from 'vitest'
import { startTestApp } from '../../../testing/index.ts'
import { behindProxy, mailsTo, refusal, visitor } from '../testing/visitor.ts'

test('a person changes their name, and each preference by itself; the others stay', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const { call } = await app.person('Ada')
  expect((await call('PUT', '/users/me', { name: '  Ada King  ' })).body).toMatchObject({ user: { name: 'Ada King' } })
  expect((await call('GET', '/users/me')).body).toMatchObject({ user: { name: 'Ada King' } })
  const notifications = { newSignIn: true, keyIssued: true, quota: true, billing: true, receipt: true }
  const chosen = { locale: 'en', timeZone: 'UTC', theme: 'system', notifications }
  expect((await call('GET', '/users/me/preferences')).body).toEqual(chosen)
  await call('PUT', '/users/me/preferences', { timeZone: 'Asia/Shanghai' })
  await call('PUT', '/users/me/preferences', { theme: 'dark' })
  await call('PUT', '/users/me/preferences', { notifications: { receipt: false } })
  expect((await call('PUT', '/users/me/preferences', {})).body).toEqual({
    ...chosen,
    timeZone: 'Asia/Shanghai',
    theme: 'dark',
    notifications: { ...notifications, receipt: false },
  })
})

test.each([
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ timeZone: '+02:00' }, 'timeZone'],
  [{ timeZone: '' }, 'timeZone'],
  [{ locale: 'de' }, 'locale'],
  [{ theme: 'sepia' }, 'theme'],
  [{ notifications: { newSignIn: 'yes' } }, 'notifications.newSignIn'],
  [{ operatorRole: 'owner' }, 'operatorRole'],
])('%j is refused with its path', async (input, path) => {
  await using app = await startTestApp()
  const { call } = await app.person()
  expect(refusal(await call('PUT', '/users/me/preferences', input))).toMatchObject({ status: 400, faults: [{ path }] })
})

test('mails come in the chosen language, with times as the person’s clock shows them', async () => {
  await using app = await startTestApp({ environment: behindProxy })
  const person = await app.person()
  await person.call('PUT', '/users/me/preferences', { locale: 'zh', timeZone: 'Asia/Shanghai' })
  await person.call('PUT', '/users/me/password', { currentPassword: person.password, newPassword: 'another orchard lantern 58' })
  const [mail] = await mailsTo(app, person.email)
  expect(mail?.subject).toBe('您的密码已修改')
  expect(mail?.text).toMatch(/\d{4}年\d{1,2}月\d{1,2}日.*\(Asia\/Shanghai\)/)
  await visitor(app)('POST', '/auth/forgot-password', { email: person.email })
  expect((await mailsTo(app, person.email))[0]?.subject).toBe('重设密码')
})
