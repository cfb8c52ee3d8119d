import { hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'

/** Keys for one purpose each, derived from the one secret: what one of them signs, another never accepts. */
export interface Secrets {
  auth: string
  refreshTokens: Buffer
  backupCodes: Buffer
  seal: Buffer
}

/** @returns the purpose-bound keys; in development the secret is made at the first start and kept in the data directory */
export function loadSecrets(config: Config): Secrets {
  const secret = config.secret ?? developmentSecret(config.dataDir)
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'tollkeeper', purpose, 32))
  return {
    auth: derive('better-auth').toString('base64'),
    refreshTokens: derive('refresh tokens'),
    backupCodes: derive('backup codes'),
    seal: derive('seal'),
  }
}

function developmentSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'secret')
  try {
    writeFileSync(file, randomBytes(48).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}
