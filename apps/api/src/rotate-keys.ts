import { parseArgs } from 'node:util'
import { openOrm, pendingMigrations } from '@tollkeeper/db'
import { type Config, ConfigurationError, readConfig } from './config/config.ts'
import { loadSecrets } from './config/secrets.ts'
import { systemClock } from './kernel/clock.ts'
import { createLogger } from './kernel/logger.ts'
import { type Rotated, rotateSigningKeys } from './modules/auth/index.ts'
import { openDatabase } from './open-database.ts'

const USAGE = `npm run rotate-keys [-- --revoke]

Puts a new key in the place of those that sign access tokens and leases, on every running node within a second.
  --revoke   somebody else may have the old ones: what they signed is refused at once. Without it, it stays valid until it expires.
`

const options = readArguments(process.argv.slice(2))
if (options === null) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else {
  try {
    process.stdout.write(told(await rotate(readConfig(process.env), options)))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(error instanceof ConfigurationError ? `${message}\n` : `The keys were not rotated.\n${message}\n`)
    process.exitCode = 1
  }
}

function readArguments(args: string[]): { revoke: boolean } | null {
  try {
    const { values } = parseArgs({ args, options: { revoke: { type: 'boolean', default: false } } })
    return { revoke: values.revoke }
  } catch {
    return null
  }
}

/** With the environment of the servers: the key is sealed with their secret. */
async function rotate(config: Config, { revoke }: { revoke: boolean }): Promise<Rotated> {
  await using opened = new AsyncDisposableStack()
  const logger = createLogger(config.log.level)
  const databaseUrl = await openDatabase(config, logger, opened)
  if ((await pendingMigrations(databaseUrl)).length > 0)
    throw new Error('The database is not that of this version yet. Start the server once, then try again.')
  const orm = await openOrm(databaseUrl, { poolSize: 1 })
  opened.defer(() => orm.close(true))
  // waited for here, before what it works on is closed
  return await rotateSigningKeys({ orm, secrets: loadSecrets(config), clock: systemClock }, { revoke })
}

function told({ kid, replaced, acceptedUntil }: Rotated): string {
  const others =
    replaced.length === 0
      ? 'There was no other.'
      : acceptedUntil
        ? `What ${replaced.join(', ')} signed is accepted until it expires, at most until ${acceptedUntil.toISOString()}.`
        : `What ${replaced.join(', ')} signed is refused from now on; clients get new access tokens with their refresh tokens.`
  return `${kid} signs from now on. ${others}\n`
}
