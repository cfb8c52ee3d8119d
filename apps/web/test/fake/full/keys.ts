import type { KeyView } from '@tollkeeper/shared'
import type { FakeAnswers } from '../answers.ts'
import { ago, day, id, inFuture, minute, user } from './made-up.ts'

const keys: KeyView[] = [
  ['production', 'active', 3 * minute, null],
  ['ci', 'active', 2 * day, inFuture(60 * day)],
  ['laptop of Ada, with a name that goes on for longer than most', 'revoked', 40 * day, null],
  ['trial', 'expired', null, ago(5 * day)],
].map(([name, status, lastUsed, expiresAt], index) => ({
  id: id('key', index + 1),
  name: String(name),
  prefix: 'tk_7Qm2',
  lastFour: `x9${index}k`,
  scopes: index === 1 ? ['usage:read' as const] : ['decision:ask' as const, 'usage:write' as const],
  status: status as KeyView['status'],
  createdAt: ago((index + 1) * 20 * day),
  createdBy: user.id,
  expiresAt: expiresAt as string | null,
  lastUsedAt: lastUsed === null ? null : ago(Number(lastUsed)),
}))

/** API keys in each of their states. */
export const apiKeys: FakeAnswers = {
  'apiKey.list': () => ({ rows: keys, nextCursor: id('key', 4) }),
  'apiKey.issue': () => ({ ...keys[0]!, id: id('key', 9), name: 'staging', secret: 'tk_7Qm2vR8kXw4LpZ0sNcYb1TgHd6JfQe3AuMi5o9' }),
  'apiKey.revoke': () => ({ ...keys[0]!, status: 'revoked' }),
}
