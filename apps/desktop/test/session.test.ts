import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, awaitSession, connect, expectValue, sessionOf, signIn } from './scripted/connect.ts'
import { Refusal, startScriptedServer } from './scripted/scripted-server.ts'
import { signInScript } from './scripted/sign-in-script.ts'
import { runMain } from './stand-in/run-main.ts'

test('a sign-in opens the server page with the code, and goes on when it is approved', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url)
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  expect(main.recording.opened).toEqual([`${server.url}/device?user_code=ABCD-EFGH`])
  expect(await sessionOf(main, connectionId)).toMatchObject({
    kind: 'signed-in',
    user: { email: 'op@example.com' },
    keeping: 'encrypted',
  })
})

test('no answer on any channel and no event carries a token', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url)
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  const seen: unknown[] = [main.window.webContents.sent]
  seen.push(await ask(main, 'console.state'))
  seen.push(await ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined }))
  for (const path of [
    'auth.refresh',
    'auth.login',
    'auth.device.start',
    'auth.device.poll',
    'tenant.list',
    'operator',
    'operator.__proto__x',
  ])
    seen.push(await ask(main, 'server.call', { connectionId, path, type: 'mutation', input: { refreshToken: 'x' } }))
  expect(JSON.stringify(seen)).not.toMatch(/access-\d|refresh-\d|device-code-secret/)
  const asked = server.calls.filter(({ bearer }) => bearer !== null).map(({ path }) => path)
  expect(asked).toEqual(['operator.overview'])
})

test('a waiting sign-in can be cancelled, and a late approval is then not used', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url, {
    poll: () => {
      throw new Refusal('auth.device_pending')
    },
  })
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await expectValue(ask(main, 'session.start', { connectionId }))
  expect(await sessionOf(main, connectionId)).toMatchObject({ kind: 'waiting', userCode: 'ABCD-EFGH', browserOpened: true })
  await expectValue(ask(main, 'session.cancel', { connectionId }))
  server.script = signInScript(() => server.url)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await sessionOf(main, connectionId)).toEqual({ kind: 'signed-out', reason: null })
})

test.each([
  ['auth.device_denied', 'auth.device_denied'],
  ['auth.device_expired', 'auth.device_expired'],
] as const)('a sign-in answered with %s ends, and says so', async (refusal, code) => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url, {
    poll: () => {
      throw new Refusal(refusal)
    },
  })
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await expectValue(ask(main, 'session.start', { connectionId }))
  const session = await awaitSession(main, connectionId, 'signed-out')
  expect(session.reason).toMatchObject({ code })
})

test('a server that fails for a moment does not end the wait', async () => {
  await using server = await startScriptedServer()
  const script = signInScript(() => server.url)
  let polls = 0
  server.script = {
    ...script,
    'auth.device.poll': (call) => {
      polls += 1
      if (polls < 3) throw new Refusal('service.unavailable')
      return script['auth.device.poll']!(call)
    },
  }
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  expect(polls).toBe(3)
})

test('somebody who is not an operator is not let in, and their tokens are ended on the server', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url, { operatorRole: null })
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await expectValue(ask(main, 'session.start', { connectionId }))
  const session = await awaitSession(main, connectionId, 'signed-out')
  expect(session.reason).toMatchObject({ code: 'console.not_operator' })
  expect(server.calls.at(-1)).toMatchObject({ path: 'auth.logout', bearer: 'access-1' })
  expect(await readFile(join(main.userData, 'connections.json'), 'utf8')).not.toContain('sealedSignIn')
})

test.each(['https://evil.example/device', 'javascript:alert(1)', 'file:///etc/passwd', 'http://user@127.0.0.1:1/device'])(
  'a server that sends people to %s for the approval is refused',
  async (verificationUri) => {
    await using server = await startScriptedServer()
    server.script = signInScript(() => server.url, { verificationUri })
    await using main = await runMain()
    const connectionId = await connect(main, server.url)
    expect(await ask(main, 'session.start', { connectionId })).toMatchObject({
      ok: false,
      failure: { code: 'console.address_differs' },
    })
    expect(main.recording.opened).toEqual([])
  },
)

test('two hundred calls at the moment of expiry renew the token once and all succeed', async () => {
  await using server = await startScriptedServer()
  server.script = signInScript(() => server.url, { accessTokenExpiresIn: 0 })
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  server.script = signInScript(() => server.url)
  // the new script counts from the start again: make its first token the successor of what the console holds
  server.script['auth.refresh'] = signInScript(() => server.url)['auth.device.poll']!
  server.script['operator.overview'] = ({ bearer }) => ({ users: 0, bearer })
  const answers = await Promise.all(
    Array.from({ length: 200 }, () =>
      ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined }),
    ),
  )
  expect(answers.every((answer) => answer.ok)).toBe(true)
  expect(server.calls.filter(({ path }) => path === 'auth.refresh')).toHaveLength(1)
})

test('a token the server no longer takes is renewed, and the call is made once more', async () => {
  await using server = await startScriptedServer()
  const script = signInScript(() => server.url)
  server.script = script
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  let refusals = 0
  server.script = {
    ...script,
    'operator.overview': (call) => {
      if (refusals++ === 0) throw new Refusal('auth.token_expired')
      return script['operator.overview']!(call)
    },
  }
  expect(
    await ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined }),
  ).toMatchObject({
    ok: true,
    value: { result: { users: 1 } },
  })
  expect(server.calls.map(({ path }) => path).slice(-3)).toEqual(['operator.overview', 'auth.refresh', 'operator.overview'])
})

test('a session that was ended on the server ends here, with the reason and without a kept token', async () => {
  await using server = await startScriptedServer()
  const script = signInScript(() => server.url)
  server.script = script
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  server.script = {
    ...script,
    'operator.overview': () => {
      throw new Refusal('auth.session_ended')
    },
  }
  const answer = await ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined })
  expect(answer).toMatchObject({ ok: false, failure: { code: 'auth.session_ended', requestId: 'req_scripted' } })
  expect(await sessionOf(main, connectionId)).toMatchObject({ kind: 'signed-out', reason: { code: 'auth.session_ended' } })
  expect(await readFile(join(main.userData, 'connections.json'), 'utf8')).not.toContain('sealedSignIn')
})

test('a server that is away does not sign anybody out', async () => {
  const server = await startScriptedServer()
  server.script = signInScript(() => server.url, { accessTokenExpiresIn: 0 })
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  await server[Symbol.asyncDispose]()
  const answer = await ask(main, 'server.call', { connectionId, path: 'operator.overview', type: 'query', input: undefined })
  expect(answer).toMatchObject({ ok: false, failure: { code: 'console.server_unreachable' } })
  expect(await sessionOf(main, connectionId)).toMatchObject({ kind: 'signed-in' })
})

test('signing out forgets the sign-in here even when the server cannot be told', async () => {
  const server = await startScriptedServer()
  server.script = signInScript(() => server.url)
  await using main = await runMain()
  const connectionId = await connect(main, server.url)
  await signIn(main, connectionId)
  await server[Symbol.asyncDispose]()
  expect(await ask(main, 'session.end', { connectionId })).toEqual({ ok: true, value: { serverTold: false } })
  expect(await sessionOf(main, connectionId)).toEqual({ kind: 'signed-out', reason: null })
})
