import { Body } from '@react-email/body'
import { Button } from '@react-email/button'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Heading } from '@react-email/heading'
import { Html } from '@react-email/html'
import { Link } from '@react-email/link'
import { Preview } from '@react-email/preview'
import { Section } from '@react-email/section'
import { Text } from '@react-email/text'
import type { Locale } from '@tollkeeper/shared'
import { createElement as h, type ReactElement } from 'react'
import type { Fact, Letter } from '../letter.ts'
import { frame } from './frame.ts'
import { darkStyle, style } from './mail-style.ts'

interface MailPageProps {
  letter: Letter
  publicUrl: string
  locale: Locale
}

/** The letter as a page for a reader of mail. Written without JSX, which Node does not run. */
export function MailPage({ letter, publicUrl, locale }: MailPageProps): ReactElement {
  const { subject, paragraphs, code, facts, action, notes = [] } = letter
  return h(
    Html,
    { lang: frame[locale].tag },
    h(
      Head,
      null,
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', null, subject),
      h('style', null, darkStyle),
    ),
    h(
      Body,
      { style: style.body, className: 'page' },
      h(Preview, null, paragraphs[0] ?? subject),
      h(
        Container,
        { style: style.sheet, className: 'sheet' },
        h(Heading, { as: 'h1', style: style.heading, className: 'ink' }, subject),
        paragraphs.map((paragraph) => h(Text, { key: paragraph, style: style.paragraph, className: 'ink' }, paragraph)),
        code && h(Text, { style: style.code, className: 'code ink' }, code),
        facts && h(Facts, { facts }),
        action && h(Action, { label: action.label, link: `${publicUrl}${action.path}`, otherwise: frame[locale].otherwise }),
        notes.map((note) => h(Text, { key: note, style: style.small, className: 'muted' }, note)),
      ),
      h(Text, { style: style.foot, className: 'muted' }, `Tollkeeper, ${publicUrl}`),
    ),
  )
}

function Facts({ facts }: { facts: readonly Fact[] }): ReactElement {
  const rows = facts.map(([name, value]) =>
    h(
      'tr',
      { key: name },
      h('th', { scope: 'row', style: style.factName, className: 'muted line' }, name),
      h('td', { style: style.factValue, className: 'ink line' }, value),
    ),
  )
  return h('table', { style: style.facts, cellPadding: 0, cellSpacing: 0 }, h('tbody', null, rows))
}

function Action({ label, link, otherwise }: { label: string; link: string; otherwise: string }): ReactElement {
  return h(
    Section,
    { style: style.action },
    h(Button, { href: link, style: style.button }, label),
    h(
      Text,
      { style: { ...style.small, margin: '24px 0 0' }, className: 'muted' },
      otherwise,
      h('br'),
      h(Link, { href: link, style: style.link, className: 'link' }, link),
    ),
  )
}
