import { safeStorage } from 'electron'
import type { Keeping } from '../../bridge/state.ts'

/** Where secrets rest. Without real encryption nothing is written: the sign-in then lasts until the console closes. */
export interface Vault {
  keeping: Keeping
  /** Base64 for a file, or null when secrets are kept in memory only. */
  seal(secret: string): Promise<string | null>
  /** Null when it was sealed by another machine or user, or nothing can be opened here. */
  open(sealed: string): Promise<string | null>
}

export async function openVault(): Promise<Vault> {
  if (!(await canEncrypt())) return { keeping: 'memory', seal: async () => null, open: async () => null }
  return {
    keeping: 'encrypted',
    seal: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    open: async (sealed) => {
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result
      } catch (error) {
        console.warn('A stored sign-in could not be opened, so its connection starts signed out.', error)
        return null
      }
    },
  }
}

/** On Linux without a keyring Electron "encrypts" with a password that stands in its source; that counts as no encryption. */
async function canEncrypt(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
}
