import type { AuditEntryView } from '@tollkeeper/shared'
import { text } from './text.ts'

/** What was done, in words; an action without words of its own reads as its code. */
export function describeAction(action: string): string {
  return text.actions[action] ?? action.replaceAll('_', ' ').replace('.', ': ')
}

/** The details of an entry on one line: `name: ci · scopes: decision:ask`. Ids are shown elsewhere. */
export function describeDetails(details: AuditEntryView['details']): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}: ${value}`)
    .join(' · ')
}
