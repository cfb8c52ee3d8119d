import { EmbeddedPostgresError } from '../embedded-postgres-error.ts'

const REMEDIES: [sign: RegExp, remedy: (home: string) => string][] = [
  [
    /No space left on device|Disk quota exceeded|EDQUOT/i,
    (home) => `Free some space on the disk that holds ${home}, then start again.`,
  ],
  [/Read-only file system/i, (home) => `${home} is on a disk that cannot be written to; choose another data folder.`],
  [
    /could not create shared memory|Cannot allocate memory/i,
    () => 'The machine has no memory left for it; close other programs or start it elsewhere.',
  ],
  [/Permission denied/i, (home) => `Give the account that runs the server the right to read and write ${home}.`],
  [
    /could not be run:/,
    () =>
      'The PostgreSQL programs cannot run on this system (they need glibc on Linux). Set DATABASE_URL to a PostgreSQL of your own.',
  ],
]

/** A failure told in three parts: what happened, what the person can do where we know it, and the server's own last lines. */
export function withRemedy(what: string, output: string, home: string): string {
  const lines = output.trim().split('\n').filter(Boolean).slice(-12)
  const remedy = REMEDIES.find(([sign]) => sign.test(`${what}\n${output}`))?.[1](home)
  const said = lines.length > 0 ? ['PostgreSQL said:', ...lines.map((line) => `  ${line.trimEnd()}`)] : []
  return [`${what}.${remedy ? ` ${remedy}` : ''}`, ...said].join('\n')
}

/** Trouble with our own files, said the same way; anything else is returned as it is. */
export function explained(error: unknown, home: string): unknown {
  if (!(error instanceof Error) || error instanceof EmbeddedPostgresError || !('path' in error)) return error
  return new EmbeddedPostgresError(withRemedy(`The database's files in ${home} could not be used: ${error.message}`, '', home), {
    cause: error,
  })
}
