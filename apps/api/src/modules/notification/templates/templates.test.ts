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
}

test.each(Object.entries(samples) as [TemplateName, never][])(
  '%s: links lead to this server and nothing it is given becomes markup',
  (name, data) => {
    const { subject, text, html } = renderMail(name, data, publicUrl)
    const targets = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target]) => target!)
    expect(targets.filter((target) => !target.startsWith(`${publicUrl}/`))).toEqual([])
    expect(html).not.toContain('<img')
    expect(html.match(/<script|onerror=[^&]*alert\(1\)>/)).toBe(null)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(text.length).toBeGreaterThan(60)
  },
)

test('the mail to an address nobody proved holds nothing that the person who typed it could have written', () => {
  expect(Object.keys(samples['verify-email'])).toEqual(['token', 'hours'])
  expect(Object.keys(samples['already-registered'])).toEqual([])
})

test('a line break in a subject does not begin another header', () => {
  expect(layOut({ subject: 'Hello\r\nBcc: all@example.com', paragraphs: [] }, publicUrl).subject).toBe('Hello Bcc: all@example.com')
})

test('text and HTML carry the same link', () => {
  const { text, html } = renderMail('verify-email', { token: 'abc', hours: 24 }, publicUrl)
  expect(text).toContain(`${publicUrl}/verify-email?token=abc`)
  expect(html).toContain(`href="${publicUrl}/verify-email?token=abc"`)
})
