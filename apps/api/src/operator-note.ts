import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config/config.ts'
import type { FirstOperator } from './modules/auth/index.ts'

/**
 * While developing, the password that was made up for the first operator is kept beside the data it opens, so that every start
 * can show it. In production it is shown once, at the start that made it.
 */
export function withNotedPassword(config: Config, operator: FirstOperator): FirstOperator {
  if (config.production) return operator
  const note = join(config.dataDir, 'operator-password')
  if (operator.password !== null) {
    mkdirSync(config.dataDir, { recursive: true })
    writeFileSync(note, operator.password, { mode: 0o600 })
  } else if (existsSync(note)) return { ...operator, password: readFileSync(note, 'utf8') }
  return operator
}
