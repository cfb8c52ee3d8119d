import { NewPassword } from '@tollkeeper/shared'
import { AppError } from '../../../kernel/app-error.ts'
import { isBreached } from './breached-passwords.ts'

/** Whom a password is for, and the words around them that an attacker tries first. */
export interface Around {
  email: string
  name: string
  /** Names of what they belong to, and of this installation (OWASP ASVS 5.0, 6.2.11). */
  words?: readonly string[]
}

/** Words an attacker tries first here. */
const productWords = ['tollkeeper', 'password', 'passwort', 'passphrase', 'administrator', 'welcome', 'changeme', 'letmein']
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn']

/**
 * NIST SP 800-63B-4: length, a list of breached passwords and words of the context; no rules of composition.
 * @param field the input it came in, for the fault
 * @throws AppError auth.password_refused, with the reason
 */
export function assertPasswordAllowed(password: string, person: Around, field = 'password'): void {
  const length = NewPassword.safeParse(password)
  const reason = length.success ? reasonToRefuse(password, person) : (length.error.issues[0]?.message ?? 'is not a password')
  if (reason) throw new AppError('auth.password_refused', { detail: `It ${reason}.`, faults: [{ path: field, message: reason }] })
}

function reasonToRefuse(password: string, { email, name, words: around = [] }: Around): string | null {
  const plain = password.normalize('NFKC').toLowerCase()
  if (isBreached(plain)) return 'is on the list of passwords found in breaches'
  if (isMonotonous(plain)) return 'repeats a few characters, or follows the keyboard'
  const words = [...productWords, ...[email, name, ...around].flatMap(partsOf)].filter(({ length }) => length >= 3)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), plain)
  if (rest !== plain && rest.replaceAll(/[^\p{L}]/gu, '').length < 4)
    return 'is made of your name, your address, what you belong to or a common word'
  return null
}

/** A word may be typed whole or in its parts. Longest first, so that what is left of one is not what another would have taken. */
function partsOf(text: string): string[] {
  const whole = text.normalize('NFKC').toLowerCase()
  return [whole, ...whole.split(/[^\p{L}\p{N}]+/u)].sort((one, other) => other.length - one.length)
}

function isMonotonous(plain: string): boolean {
  if (/^(.{1,4})\1+.?$/su.test(plain)) return true
  const reversed = [...plain].reverse().join('')
  return rows.some((row) => row.includes(plain) || row.includes(reversed))
}
