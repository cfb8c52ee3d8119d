import { createHmac, randomInt } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { BackupCode } from '@tollkeeper/db'
import type { Services } from '../../../kernel/services.ts'

const HOW_MANY = 10
/** Crockford's Base32 (https://www.crockford.com/base32.html): nothing in it is mistaken for something else. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 80 bits, in groups a person can copy. */
const LENGTH = 16
const GROUP = 4

/** Gives a person new backup codes in place of all they had. @returns the codes, which are told once */
export async function renewBackupCodes(em: EntityManager, services: Services, userId: string): Promise<string[]> {
  await em.nativeDelete(BackupCode, { userId })
  const codes = Array.from({ length: HOW_MANY }, mintCode)
  for (const code of codes)
    em.create(BackupCode, { codeHash: hashOf(services, userId, code), userId, createdAt: services.clock.now() })
  return codes
}

/** Uses a code up: of any number of calls with one code, one gets it. @returns false when it is none of this person's */
export async function takeBackupCode(em: EntityManager, services: Services, userId: string, typed: string): Promise<boolean> {
  return (await em.nativeDelete(BackupCode, { userId, codeHash: hashOf(services, userId, typed) })) === 1
}

function mintCode(): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}

/** With a key that is not in the database, so that who reads it cannot try codes against it (docs/decisions/0015). */
function hashOf({ secrets }: Services, userId: string, code: string): string {
  return createHmac('sha256', secrets.backupCodes)
    .update(`${userId} ${plain(code)}`)
    .digest('base64url')
}

/** As a person may type it: in capitals, with or without dashes, an `o` for a zero. */
function plain(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
}
