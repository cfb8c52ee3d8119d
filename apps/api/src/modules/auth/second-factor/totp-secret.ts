import { seal, unseal } from '../../../kernel/seal.ts'
import type { Services } from '../../../kernel/services.ts'

/** Bound to the person, so that one row's secret cannot be put into another's. */
const purposeFor = (userId: string) => `totp secret of ${userId}`

export function sealTotpSecret({ secrets }: Services, userId: string, secret: string): string {
  return seal(secrets.seal, purposeFor(userId), secret)
}

/** @throws when the server's secret is another now than the one it was sealed with */
export function openTotpSecret({ secrets }: Services, userId: string, sealed: string): string {
  return unseal(secrets.seal, purposeFor(userId), sealed)
}
