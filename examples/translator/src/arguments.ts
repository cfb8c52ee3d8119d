import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'

const home = join(import.meta.dirname, '..')

export interface Arguments {
  url: string
  apiKey: string | undefined
  textFile: string
  outputFile: string
  progressFile: string
}

/** Reads `[text] [--out folder]` and the two variables of the environment. */
export function readArguments(args: string[], environment: Record<string, string | undefined>): Arguments {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: { type: 'string' } } })
  const textFile = positionals[0] ?? join(home, 'text/moby-dick-chapter-133.txt')
  const folder = values.out ?? join(home, 'out')
  const name = basename(textFile).replace(/\.\w+$/, '')
  return {
    url: (environment.TOLLKEEPER_URL || 'http://localhost:4000').replace(/\/+$/, ''),
    apiKey: environment.TOLLKEEPER_API_KEY,
    textFile,
    outputFile: join(folder, `${name}.pig-latin.txt`),
    progressFile: join(folder, `${name}.progress.json`),
  }
}
