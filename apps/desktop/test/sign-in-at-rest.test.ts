import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, connect, expectValue, sessionOf, signIn } from './scripted/connect.ts'
import { startScriptedServer } from './scripted/scripted-server.ts'
import { signInScript } from './scripted/sign-in-script.ts'
import { runMain } from './stand-in/run-main.ts'

async function everyFile(folder: string): Promise<string> {
  const names = await readdir(folder)
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
}

test('the refresh token is on disk only as the system sealed it, in a file only its owner reads, and serves the next start', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url)
  const userData = await mkdtemp(join(tmpdir(), 'tollkeeper-console-'))
  let connectionId: string
  {
    await using main = await runMain({ userData })
    connectionId = await connect(main, server.url)
    await signIn(main, connectionId)
  }
  const stored = await everyFile(userData)
  expect(stored).toContain('sealedSignIn')
  expect(stored).not.toMatch(/refresh-\d|access-\d|op@example\.com/)
  expect((await stat(join(userData, 'connections.json'))).mode & 0o077).toBe(0)
  {
    await using main = await runMain({ userData })
    expect(await sessionOf(main, connectionId)).toMatchObject({ kind: 'signed-in', user: { email: 'op@example.com' } })
    const call = ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined })
    expect(await expectValue(call)).toMatchObject({ result: { users: 1 } })
  }
  await rm(userData, { recursive: true })
})

test('without a keyring nothing of the sign-in is written, the person is told, and the next start is signed out', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url)
  const userData = await mkdtemp(join(tmpdir(), 'tollkeeper-console-'))
  let connectionId: string
  {
    await using main = await runMain({ userData, backend: 'basic_text' })
    connectionId = await connect(main, server.url)
    expect(await expectValue(ask(main, 'console.state'))).toMatchObject({ keeping: 'memory' })
    await signIn(main, connectionId)
    expect(await sessionOf(main, connectionId)).toMatchObject({ keeping: 'memory' })
  }
  expect(await everyFile(userData)).not.toMatch(/sealedSignIn|refresh-\d|access-\d|op@example\.com/)
  {
    await using main = await runMain({ userData, backend: 'basic_text' })
    expect(await sessionOf(main, connectionId)).toEqual({ kind: 'signed-out', reason: null })
  }
  await rm(userData, { recursive: true })
})

test('a list of connections that cannot be read is put aside, not lost, and the person is told', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'tollkeeper-console-'))
  await writeFile(join(userData, 'connections.json'), '{ "version": 1, "connections": [{ "url": "file:///etc/passwd" }] }')
  await using main = await runMain({ userData })
  const state = await expectValue(ask(main, 'console.state'))
  expect(state.connections).toEqual([])
  expect(state.notice).toContain('could not be read')
  expect((await readdir(userData)).some((name) => name.startsWith('connections.json.unreadable-'))).toBe(true)
  await rm(userData, { recursive: true })
})
