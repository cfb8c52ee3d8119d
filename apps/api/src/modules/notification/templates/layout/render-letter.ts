import { render } from '@react-email/render'
import type { Locale } from '@tollkeeper/shared'
import { createElement } from 'react'
import type { Letter } from '../letter.ts'
import { MailPage } from './mail-page.ts'
import { writeText } from './write-text.ts'

export interface RenderedMail {
  subject: string
  text: string
  html: string
}

/** Turns a letter into both bodies of a mail. Every value is escaped; the only links there are lead to `publicUrl`. */
export async function renderLetter(letter: Letter, publicUrl: string, locale: Locale = 'en'): Promise<RenderedMail> {
  return {
    subject: oneLine(letter.subject),
    text: writeText(letter, publicUrl, locale),
    html: await render(createElement(MailPage, { letter, publicUrl, locale })),
  }
}

/** A subject is a header: a line break in it would begin another. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\s+/g, ' ').trim()
}
