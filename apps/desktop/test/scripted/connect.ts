import type { Channel, ChannelInput, ChannelOutputs } from '../../src/bridge/channels.ts'
import type { Answer } from '../../src/bridge/failure.ts'
import type { ConsoleState, SessionState } from '../../src/bridge/state.ts'
import type { RunningMain } from '../stand-in/run-main.ts'

/** Asks as the window does. */
export async function ask<Name extends Channel>(
  main: RunningMain,
  channel: Name,
  ...input: ChannelInput<Name> extends undefined ? [] : [ChannelInput<Name>]
): Promise<Answer<ChannelOutputs[Name]>> {
  return (await main.invoke(channel, input)) as Answer<ChannelOutputs[Name]>
}

/** The value of an answer that must be one. */
export async function expectValue<Value>(answering: Promise<Answer<Value>>): Promise<Value> {
  const answer = await answering
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.title}`)
  return answer.value
}

export async function connect(main: RunningMain, url: string): Promise<string> {
  const look = { name: 'Acme', colour: 'green', environment: 'development' } as const
  return (await expectValue(ask(main, 'connections.add', { ...look, url }))).connectionId
}

export async function sessionOf(main: RunningMain, connectionId: string): Promise<SessionState> {
  const state: ConsoleState = await expectValue(ask(main, 'console.state'))
  const connection = state.connections.find(({ id }) => id === connectionId)
  if (!connection) throw new Error('There is no such connection.')
  return connection.session
}

/** The session once it is of a kind, within five seconds. */
export async function awaitSession<Kind extends SessionState['kind']>(
  main: RunningMain,
  connectionId: string,
  kind: Kind,
): Promise<Extract<SessionState, { kind: Kind }>> {
  const deadline = Date.now() + 5_000
  for (;;) {
    const session = await sessionOf(main, connectionId)
    if (session.kind === kind) return session as Extract<SessionState, { kind: Kind }>
    if (Date.now() > deadline) throw new Error(`The session is ${session.kind}, not ${kind}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export async function signIn(main: RunningMain, connectionId: string): Promise<void> {
  await expectValue(ask(main, 'session.start', { connectionId }))
  await awaitSession(main, connectionId, 'signed-in')
}
