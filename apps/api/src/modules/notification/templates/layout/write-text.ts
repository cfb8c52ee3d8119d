import type { Locale } from '@tollkeeper/shared'
import type { Letter } from '../letter.ts'
import { frame } from './frame.ts'

/** The letter for a reader without HTML. */
export function writeText(letter: Letter, publicUrl: string, locale: Locale): string {
  const { paragraphs, code, facts = [], action, notes = [] } = letter
  const { colon } = frame[locale]
  const parts = [
    ...paragraphs,
    ...(code ? [code] : []),
    ...(facts.length > 0 ? [facts.map(([name, value]) => `${name}${colon}${value}`).join('\n')] : []),
    ...(action ? [`${action.label}${colon.trim()}\n${publicUrl}${action.path}`] : []),
    ...notes,
    `Tollkeeper, ${publicUrl}`,
  ]
  return `${parts.join('\n\n')}\n`
}
