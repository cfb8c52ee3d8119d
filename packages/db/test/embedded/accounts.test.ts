import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, chown, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { canRead } from '../../src/embedded/host/can-enter.ts'
import { isRoot, type ServerUser, unprivilegedUser } from '../../src/embedded/host/server-user.ts'
import { startEmbeddedPostgres } from '../../src/embedded/index.ts'
import { copyCheckout } from './support/checkout-copy.ts'
import { dataFolder, seededFolder } from './support/data-folder.ts'
import { runProgram } from './support/program.ts'
import { sql } from './support/sql.ts'

const onLinux = process.platform === 'linux'
const asRoot = onLinux && isRoot()
const nobody: ServerUser = { name: 'nobody', uid: idOf('-u'), gid: idOf('-g') }

function idOf(flag: string): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
}

async function ownerOf(pid: number): Promise<number> {
  return (await stat(`/proc/${pid}`)).uid
}

/** Nobody can run this very checkout only where its folders let everyone pass. */
async function checkoutIsOpen(): Promise<boolean> {
  const files = [process.execPath, createRequire(import.meta.url).resolve('pg'), import.meta.filename]
  return (await Promise.all(files.map((file) => canRead(nobody, file)))).every(Boolean)
}

/** A container may be root's without the right to mount. */
function canMount(): boolean {
  const probe = ['unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', tmpdir()]] as const
  return spawnSync(...probe).status === 0
}

test.runIf(onLinux && !asRoot)('an ordinary user runs the server as itself', async () => {
  await using folder = await dataFolder()
  await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
  expect(await ownerOf(server.pid)).toBe(process.getuid?.())
})

describe.runIf(asRoot)('started by root', () => {
  test('the server runs as an account without power', async () => {
    await using folder = await seededFolder()
    await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
    expect(await ownerOf(server.pid)).toBe(unprivilegedUser().uid)
  })

  test('a data folder that only its own bits close is opened for passing through', async () => {
    await using folder = await seededFolder()
    await chmod(folder.path, 0o700)
    await using server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
    expect(await sql(server.url(), 'select 1 as answer')).toEqual([{ answer: 1 }])
  })

  test('a checkout closed to others works, and a note in its data folder tells where the data is', async () => {
    await using closed = await dataFolder()
    const checkout = join(closed.path, 'checkout')
    const moved = join(closed.path, 'moved')
    const script = await copyCheckout(checkout)
    const dataDir = join(checkout, '.data', 'postgres')
    await chmod(closed.path, 0o700)

    const program = runProgram({ dataDir, umask: 0o077 }, { script, cwd: checkout })
    const first = await program.answer
    expect(first.error).toBeUndefined()
    await sql(first.url, 'create table kept (n int)', 'insert into kept values (7)')
    await program.kill()
    const again = runProgram({ dataDir }, { script, cwd: checkout })
    expect(await again.answer).toMatchObject({ adopted: true, url: first.url })
    expect(await sql(first.url, 'table kept')).toEqual([{ n: 7 }])
    await again.order('stop')

    const [home = ''] = (await readFile(join(dataDir, 'where-the-database-is.txt'), 'utf8')).split('\n')
    expect(home).toMatch(/^\/var\/tmp\/tollkeeper-[0-9a-f]{16}$/)

    await chmod(closed.path, 0o755)
    const opened = runProgram({ dataDir }, { script, cwd: checkout })
    expect(await sql((await opened.answer).url, 'table kept')).toEqual([{ n: 7 }])
    await opened.order('stop')
    await rename(checkout, moved)
    const elsewhere = runProgram({ dataDir: dataDir.replace(checkout, moved) }, { script: script.replace(checkout, moved) })
    expect((await elsewhere.answer).error).toContain(`was moved or copied: its database is in ${home}`)
    await rm(home, { recursive: true })
  })

  test.runIf(canMount())('a full disk is named as such', async () => {
    await using folder = await dataFolder()
    await mkdir(folder.path, { mode: 0o711 })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=0755', 'tollkeeper-test', folder.path])
    try {
      const start = startEmbeddedPostgres({ dataDir: folder.path })
      await expect(start).rejects.toThrow(/Free some space on the disk.*PostgreSQL said:.*No space left on device/s)
    } finally {
      execFileSync('umount', [folder.path])
    }
  })
})

describe.runIf(asRoot && (await checkoutIsOpen()))('an ordinary user beside root', () => {
  const asNobody = { uid: nobody.uid, gid: nobody.gid, cwd: '/' }

  test('has a server of its own, which root may use later without taking it away', async () => {
    await using folder = await dataFolder()
    await mkdir(folder.path, { mode: 0o755 })
    await chown(folder.path, nobody.uid, nobody.gid)
    const program = runProgram({ dataDir: folder.path }, asNobody)
    const { error, pid } = await program.answer
    expect(error).toBeUndefined()
    expect(await ownerOf(pid)).toBe(nobody.uid)
    await program.order('stop')
    const server = await startEmbeddedPostgres({ dataDir: folder.path, durable: false })
    expect(await ownerOf(server.pid)).toBe(nobody.uid)
    await server.stop()
    const later = runProgram({ dataDir: folder.path }, asNobody)
    expect((await later.answer).error).toBeUndefined()
    await later.order('stop')
  })

  test("is told whose the database is when it is another account's", async () => {
    await using folder = await seededFolder()
    await chown(folder.cluster, 12_345, 12_345)
    const program = runProgram({ dataDir: folder.path }, asNobody)
    expect((await program.answer).error).toMatch(/belongs to another account \(uid 12345\).*chown -R/)
  })
})
