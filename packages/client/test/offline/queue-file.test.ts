import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueFile } from '../../src/node/index.ts'
import { startApp } from '../support/start-app.ts'

let folder: string
let files = 0
const newFile = () => join(folder, `queue-${++files}`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollkeeper-queue-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function linesOf(path: string): Promise<string[]> {
  const queue = queueFile(path)
  try {
    return await queue.open()
  } finally {
    await queue.close()
  }
}

test('what was added is there when it is opened again, and the file is its owner’s alone', async () => {
  const path = join(newFile(), 'in/a/new/folder')
  const queue = queueFile(path)
  expect(await queue.open()).toEqual([])
  await queue.append(['{"one":1}', 'with "quotes", 鲸 and 🐋'])
  await queue.append(['three'])
  await queue.close()
  expect(await linesOf(path)).toEqual(['{"one":1}', 'with "quotes", 鲸 and 🐋', 'three'])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('cut at any byte, the file opens with the lines that are whole, and goes on from there', async () => {
  const path = newFile()
  const queue = queueFile(path)
  await queue.open()
  await queue.append(['first', 'second with 鲸', 'third'])
  await queue.close()
  const whole = await readFile(path)
  for (let length = 0; length <= whole.length; length++) {
    await writeFile(path, whole.subarray(0, length))
    const again = queueFile(path)
    const lines = await again.open()
    expect(['first', 'second with 鲸', 'third'].slice(0, lines.length)).toEqual(lines)
    expect(lines.length).toBe(whole.subarray(0, length).toString('latin1').split('\n').length - 1)
    await again.append(['after'])
    await again.close()
    expect(await linesOf(path)).toEqual([...lines, 'after'])
  }
})

test('a half-written block of anything at the end is cut off; a damaged line before good ones is told, and nothing is thrown away', async () => {
  const path = newFile()
  const queue = queueFile(path)
  await queue.open()
  await queue.append(['first', 'second', 'third'])
  await queue.close()
  const whole = await readFile(path)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (garbage) => {
      await writeFile(path, Buffer.concat([whole, garbage]))
      expect(await linesOf(path)).toEqual(['first', 'second', 'third'])
      expect(await readFile(path)).toEqual(whole)
    }),
    { numRuns: 30 },
  )
  const damaged = Buffer.from(whole)
  damaged[whole.indexOf('second')] = 0x53
  await writeFile(path, damaged)
  await expect(linesOf(path)).rejects.toMatchObject({ fault: 'damaged', message: expect.stringContaining('Line 2') })
  expect(await readFile(path)).toEqual(damaged)
})

test('the file is written anew whole or not at all, and a crash in between leaves the one before', async () => {
  const path = newFile()
  const queue = queueFile(path)
  await queue.open()
  await queue.append(['old', 'older'])
  await queue.replace(['new'])
  await queue.append(['newer'])
  await queue.close()
  expect(await linesOf(path)).toEqual(['new', 'newer'])
  await writeFile(`${path}.new`, 'half of what would have been')
  expect(await linesOf(path)).toEqual(['new', 'newer'])
  expect((await readdir(folder)).filter((name) => name.startsWith(path.split('/').at(-1)!))).toEqual([path.split('/').at(-1)])
})

test('one client at a time has it: another in this process, and another process, are told who does', async () => {
  const path = newFile()
  const queue = queueFile(path)
  await queue.open()
  await expect(queueFile(path).open()).rejects.toMatchObject({ fault: 'in_use', message: expect.stringContaining('this process') })
  await using app = await startApp('http://127.0.0.1:9', 'tk_one', path)
  expect(await app.do({ call: 'track', with: { feature: 'characters', amount: 1 } })).toMatchObject({
    error: 'QueueUnavailable',
    fault: 'in_use',
    message: expect.stringContaining(`process ${process.pid}`),
  })
  await queue.close()
  expect(await app.do({ call: 'ready' }), 'it goes on by itself once the other lets go').toEqual({})
  expect(await app.do({ call: 'track', with: { feature: 'characters', amount: 1 } })).toMatchObject({ queued: 1 })
  await expect(queueFile(path).open()).rejects.toMatchObject({ fault: 'in_use' })
})

test('of many processes that open it at once, after one was killed, one has it', async () => {
  const path = newFile()
  const killed = await startApp('http://127.0.0.1:9', 'tk_one', path)
  expect(await killed.do({ call: 'ready' })).toEqual({})
  await killed.kill()
  expect(existsSync(`${path}.lock`), 'the dead one’s lock is still there').toBe(true)
  const apps = await Promise.all(Array.from({ length: 4 }, () => startApp('http://127.0.0.1:9', 'tk_one', path)))
  try {
    const answers = await Promise.all(apps.map((app) => app.do({ call: 'track', with: { feature: 'characters', amount: 1 } })))
    expect(answers.filter(({ queued }) => queued === 1)).toHaveLength(1)
    expect(answers.filter(({ fault }) => fault === 'in_use')).toHaveLength(3)
  } finally {
    for (const app of apps) await app.kill()
  }
})

test('a lock that another machine left is respected while it is heard of, and not after', async () => {
  const path = newFile()
  await writeFile(`${path}.lock`, JSON.stringify({ token: 'x', pid: 1, start: null, host: 'another-container' }))
  await expect(queueFile(path).open()).rejects.toMatchObject({
    fault: 'in_use',
    message: expect.stringContaining('another-container'),
  })
  execFileSync('touch', ['-d', '1 minute ago', `${path}.lock`])
  expect(await linesOf(path)).toEqual([])
})

/** A file system of 64 KiB, where root may mount one. */
async function withTinyDisk(run: (folder: string) => Promise<void>): Promise<boolean> {
  const mount = await mkdtemp(join(tmpdir(), 'tollkeeper-tiny-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount], { stdio: 'ignore' })
  } catch {
    return false
  }
  try {
    await run(mount)
  } finally {
    execFileSync('umount', [mount])
  }
  return true
}

test('a full disk refuses with the reason, leaves what was there whole, and goes on when there is room', async () => {
  const ran = await withTinyDisk(async (mount) => {
    const path = join(mount, 'queue')
    const queue = queueFile(path)
    await queue.open()
    await queue.append(['kept'])
    await writeFile(join(mount, 'filler'), Buffer.alloc(52 * 1024))
    await expect(queue.append(['x'.repeat(30_000)])).rejects.toMatchObject({
      fault: 'unwritable',
      message: expect.stringMatching(/ENOSPC.*Make room/s),
    })
    await truncate(join(mount, 'filler'), 0)
    await queue.append(['after'])
    await queue.close()
    expect(await linesOf(path)).toEqual(['kept', 'after'])
  })
  if (!ran) console.warn('No tmpfs may be mounted here, so the full disk is not tried.')
})

test('a file that cannot be written lets nothing pass, and says so', async () => {
  const path = newFile()
  await mkdir(path)
  const error = await queueFile(path)
    .open()
    .catch((thrown) => thrown)
  expect(error).toMatchObject({ fault: 'unwritable', message: expect.stringContaining(path) })
  expect(existsSync(`${path}.lock`), 'and holds nothing').toBe(false)
})
