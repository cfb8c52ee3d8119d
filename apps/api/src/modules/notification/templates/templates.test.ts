import { Locale } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { type DataOf, renderMail, type TemplateName } from './index.ts'
import { layOut } from './lay-out.ts'

const publicUrl = 'https://accounts.example.com'
const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: all@example.com http://evil.example'
const samples: { [Name in TemplateName]: DataOf<Name> } = {
  'verify-email': { token: 'a"b&c/../<d>', hours: 24 },
  'already-registered': {},
  welcome: { name: hostile },
  'sign-in-ended': { name: hostile, signedInAt: '2026-11-23 10:00 UTC', device: hostile },
  'reset-password': { token: 'a"b&c/../<d>', hasPassword: true },
  'password-changed': { name: hostile, at: '2026-11-23 10:00 UTC' },
  'confirm-new-email': { token: 'a"b&c/../<d>', hours: 24 },
  'email-change-asked': { name: hostile, newEmail: hostile, token: 'a"b&c/../<d>' },
  'email-changed': { name: hostile, newEmail: hostile, at: '2026-11-23 10:00 UTC' },
  'new-sign-in': { name: hostile, at: '2026-11-23 10:00 UTC', device: hostile, address: hostile, token: 'a"b&c/../<d>' },
  impersonated: { name: hostile, at: '2026-11-23 10:00 UTC', reason: hostile },
}
const everyMail = (Object.keys(samples) as TemplateName[]).flatMap((name) =>
  Locale.options.map((locale) => [name, locale] as const),
)
const write = (name: TemplateName, locale: Locale) => renderMail(name, samples[name] as never, publicUrl, locale)

test.each(everyMail)('%s in %s: links lead to this server and nothing it is given becomes markup', (name, locale) => {
  const { subject, text, html } = write(name, locale)
  const targets = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target]) => target!)
  expect(targets.filter((target) => !target.startsWith(`${publicUrl}/`))).toEqual([])
  expect(html).not.toContain('<img')
  expect(html.match(/<script|onerror=[^&]*alert\(1\)>/)).toBe(null)
  expect(subject).not.toMatch(/[\r\n]/)
  expect(text.length).toBeGreaterThan(60)
})

test.each(Object.keys(samples) as TemplateName[])(
  '%s says the same in both languages: as many paragraphs, and the same link',
  (name) => {
    const [english, chinese] = [write(name, 'en'), write(name, 'zh')]
    const linkOf = (html: string) => /href="([^"]*)"/.exec(html)?.[1]
    expect(linkOf(chinese.html)).toBe(linkOf(english.html))
    expect(chinese.text.split('\n\n').length).toBe(english.text.split('\n\n').length)
    expect(chinese.subject).toMatch(/\p{Script=Han}/u)
    expect(english.subject + english.text).not.toMatch(/\p{Script=Han}/u)
    expect(chinese.html).toContain('<html lang="zh-Hans">')
  },
)

test('the mail to an address nobody proved holds nothing that the person who typed it could have written', () => {
  expect(Object.keys(samples['verify-email'])).toEqual(['token', 'hours'])
  expect(Object.keys(samples['already-registered'])).toEqual([])
  expect(Object.keys(samples['confirm-new-email'])).toEqual(['token', 'hours'])
})

test('a line break in a subject does not begin another header', () => {
  expect(layOut({ subject: 'Hello\r\nBcc: all@example.com', paragraphs: [] }, publicUrl).subject).toBe('Hello Bcc: all@example.com')
})

test('text and HTML carry the same link', () => {
  const { text, html } = renderMail('verify-email', { token: 'abc', hours: 24 }, publicUrl)
  expect(text).toContain(`${publicUrl}/verify-email?token=abc`)
  expect(html).toContain(`href="${publicUrl}/verify-email?token=abc"`)
})
