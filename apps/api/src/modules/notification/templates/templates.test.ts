import { Locale } from '@tollkeeper/shared'
import { expect, test } from 'vitest'
import { samples, samplesOf, templateNames } from '../testing/samples.ts'
import { renderMail, type TemplateName } from './index.ts'
import { renderLetter } from './layout/render-letter.ts'

const publicUrl = 'https://accounts.example.com'
const everyMail = templateNames.flatMap((name) => Locale.options.map((locale) => [name, locale] as const))
const write = (name: TemplateName, locale: Locale) => renderMail(name, samples[name] as never, publicUrl, locale)

test.each(everyMail)('%s in %s: links lead to this server and nothing it is given becomes markup', async (name, locale) => {
  const { subject, text, html } = await write(name, locale)
  const targets = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target]) => target!)
  expect(targets.filter((target) => !target.startsWith(`${publicUrl}/`))).toEqual([])
  expect(html).not.toContain('<img')
  expect(html.match(/<script|onerror=[^&]*alert\(1\)>/)).toBe(null)
  expect(subject).not.toMatch(/[\r\n]/)
  expect(text.length).toBeGreaterThan(60)
})

test.each(templateNames)('%s says the same in both languages: as many paragraphs, and the same link', async (name) => {
  const [english, chinese] = [await write(name, 'en'), await write(name, 'zh')]
  const linkOf = (html: string) => /href="([^"]*)"/.exec(html)?.[1]
  expect(linkOf(chinese.html)).toBe(linkOf(english.html))
  expect(chinese.text.split('\n\n').length).toBe(english.text.split('\n\n').length)
  expect(chinese.subject).toMatch(/\p{Script=Han}/u)
  expect(english.subject + english.text).not.toMatch(/\p{Script=Han}/u)
  expect(chinese.html).toContain('lang="zh-Hans"')
})

test.each(templateNames)('%s reads as it was written', async (name) => {
  const data = samplesOf('Ada Lovelace')[name] as never
  for (const locale of Locale.options) {
    const { subject, text } = await renderMail(name, data, publicUrl, locale)
    expect(`${subject}\n\n${text}`).toMatchSnapshot(locale)
  }
})

test('the mail to an address nobody proved holds nothing that the person who typed it could have written', () => {
  expect(Object.keys(samples['verify-email'])).toEqual(['token', 'hours'])
  expect(Object.keys(samples['already-registered'])).toEqual([])
  expect(Object.keys(samples['confirm-new-email'])).toEqual(['token', 'hours'])
  expect(Object.keys(samples['sign-in-mail'])).toEqual(['token', 'code', 'minutes'])
})

test('a line break in a subject does not begin another header', async () => {
  const { subject } = await renderLetter({ subject: 'Hello\r\nBcc: all@example.com', paragraphs: [] }, publicUrl)
  expect(subject).toBe('Hello Bcc: all@example.com')
})

test('text and HTML carry the same link, code and facts', async () => {
  const letter = {
    subject: 'All of it',
    paragraphs: ['One.'],
    code: '482913',
    facts: [['Total', 'US$12.00 USD']],
    action: { label: 'Open', path: '/here?token=abc' },
  } as const
  const { text, html } = await renderLetter(letter, publicUrl)
  for (const piece of ['482913', 'Total', 'US$12.00 USD', 'Open', `${publicUrl}/here?token=abc`]) {
    expect(text).toContain(piece)
    expect(html).toContain(piece)
  }
})
