import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const home = join(import.meta.dirname, '../..')

/** The two programs, as README.md starts them. */
export const translators = {
  TypeScript: [process.execPath, join(home, 'src/translate.ts')],
  Python: ['python3', join(home, 'translate.py')],
} satisfies Record<string, [string, string]>
export type Language = keyof typeof translators

export interface Ended {
  code: number | null
  output: string
  errors: string
}

/** Runs a translator to its end. */
export async function runTranslator(language: Language, url: string, apiKey: string, args: string[]): Promise<Ended> {
  const [command, file] = translators[language]
  const child = spawn(command, [file, ...args], {
    env: { PATH: process.env.PATH, TOLLKEEPER_URL: url, TOLLKEEPER_API_KEY: apiKey, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, output, errors }
}
