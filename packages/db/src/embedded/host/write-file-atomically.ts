import { randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'

/** Readers see the old text or the new, never a half. The name is random and must be new, so nobody can lay a link in its way. */
export async function writeFileAtomically(path: string, text: string, mode = 0o644): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  await writeFile(draft, text, { flag: 'wx', mode, flush: true })
  await rename(draft, path)
}
