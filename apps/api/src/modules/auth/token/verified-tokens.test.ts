import { expect, test } from 'vitest'
import type { ChangeFeed } from '../../../kernel/change-feed.ts'
import { manualClock } from '../../../kernel/clock.ts'
import type { AccessClaims } from './access-token.ts'
import { VerifiedTokens } from './verified-tokens.ts'

const clock = manualClock('2026-01-01T00:00:00Z')
const claims: AccessClaims = { userId: 'usr_1', sessionId: 'ses_1', expiresAt: clock.now().getTime() + 900_000 }

function startTokens() {
  let changeKeys: () => void = () => undefined
  const changes = {
    isFresh: () => true,
    on: (_kind: string, listener: () => void) => {
      changeKeys = listener
    },
  }
  const tokens = new VerifiedTokens(changes as unknown as ChangeFeed, clock)
  return { tokens, changeKeys: () => changeKeys() }
}

test('a token is checked once, and again when the keys have changed', async () => {
  const { tokens, changeKeys } = startTokens()
  let checks = 0
  const check = async () => {
    checks += 1
    return claims
  }
  await tokens.get('a token', check)
  await tokens.get('a token', check)
  expect(checks).toBe(1)
  changeKeys()
  await tokens.get('a token', check)
  expect(checks).toBe(2)
})

test('a token that was being checked while its key was revoked is not remembered', async () => {
  const { tokens, changeKeys } = startTokens()
  await tokens.get('a token', async () => {
    changeKeys()
    return claims
  })
  const refused = tokens.get('a token', async () => {
    throw new Error('its key is gone')
  })
  await expect(refused).rejects.toThrow('its key is gone')
})
