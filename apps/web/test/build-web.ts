import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Builds the client as it ships, and answers where it lies. */
export async function buildWeb(): Promise<string> {
  await build({ root, logLevel: 'warn' })
  return resolve(root, 'dist')
}
