import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const packaged = join(import.meta.dirname, '../node_modules/electron')

/**
 * The Electron binary of this machine, or null: the one ELECTRON_PATH names, the one the electron package has downloaded, or the
 * one on the PATH. The package itself is never loaded, because that would start a download.
 */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.ELECTRON_PATH) return isProgram(env.ELECTRON_PATH) ? env.ELECTRON_PATH : null
  const downloaded = downloadedElectron()
  if (downloaded) return downloaded
  const names = process.platform === 'win32' ? ['electron.exe'] : ['electron']
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder && !folder.includes('node_modules'))
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram) ?? null
}

function downloadedElectron(): string | null {
  const note = join(packaged, 'path.txt')
  if (!existsSync(note)) return null
  const binary = join(packaged, 'dist', readFileSync(note, 'utf8').trim())
  return isProgram(binary) ? binary : null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
