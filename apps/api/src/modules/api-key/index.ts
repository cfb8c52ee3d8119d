export { countLiveKeysOf, revokeKeysOf } from './keys-of-person.ts'
export { apiKeyRouter } from './router.ts'
export { looksLikeKey } from './secret.ts'
export { verifyKey, verifyRememberedKey } from './verify-key.ts'
