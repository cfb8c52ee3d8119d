import { modKey } from './mod-key.ts'

/** Every shortcut, as the sheet shows them. */
export const shortcuts: readonly { group: string; keys: readonly { press: readonly string[]; does: string }[] }[] = [
  {
    group: 'Anywhere',
    keys: [
      { press: [modKey('K')], does: 'Search people and tenants, run a command' },
      { press: ['?'], does: 'Show this sheet' },
      { press: [modKey('1'), '…', modKey('9')], does: 'Switch to a connection' },
      { press: ['['], does: 'Back' },
      { press: [']'], does: 'Forward' },
    ],
  },
  {
    group: 'Go to',
    keys: [
      { press: ['G', 'O'], does: 'Overview' },
      { press: ['G', 'U'], does: 'Users' },
      { press: ['G', 'T'], does: 'Tenants' },
      { press: ['G', 'C'], does: 'Catalog' },
      { press: ['G', 'P'], does: 'Operators' },
      { press: ['G', 'X'], does: 'Outbox' },
      { press: ['G', 'M'], does: 'Development mailbox' },
    ],
  },
  {
    group: 'In a list',
    keys: [
      { press: ['/'], does: 'Search the list' },
      { press: ['J'], does: 'Next row' },
      { press: ['K'], does: 'Row before' },
      { press: ['Enter'], does: 'Open the row' },
      { press: ['Esc'], does: 'Clear the search; from a row or a detail, back' },
    ],
  },
]
