import { describe, expect, test } from 'vitest'
import { channelNames } from '../src/bridge/channel-names.ts'
import { type Channel, channelInputs } from '../src/bridge/channels.ts'
import type { Frame } from './stand-in/recording.ts'
import { runMain } from './stand-in/run-main.ts'

const channels = Object.keys(channelInputs) as Channel[]
const connectionId = `con_${'0'.repeat(32)}`

/** One argument list for each channel that its schema takes. A channel without one fails the test below. */
const wellFormed: Record<Channel, unknown[]> = {
  'console.state': [],
  'console.theme': [{ theme: 'dark' }],
  'connections.probe': [{ url: 'http://127.0.0.1:1' }],
  'connections.add': [{ name: 'x', colour: 'red', environment: 'staging', url: 'http://127.0.0.1:1' }],
  'connections.change': [{ name: 'x', colour: 'red', environment: 'staging', connectionId }],
  'connections.remove': [{ connectionId }],
  'connections.choose': [{ connectionId }],
  'session.start': [{ connectionId }],
  'session.openBrowser': [{ connectionId }],
  'session.cancel': [{ connectionId }],
  'session.end': [{ connectionId }],
  'server.call': [{ connectionId, path: 'operator.overview', type: 'query', input: undefined }],
  'server.mailbox': [{ connectionId }],
  'server.impersonate': [{ connectionId, userId: 'usr_0', reason: 'Ticket 4711' }],
  'links.open': [{ url: 'https://example.com/' }],
}

const deep = Array.from({ length: 200 }).reduce<object>((inner) => ({ inner }), {})
const junk: unknown[] = [
  undefined,
  null,
  true,
  0,
  Number.NaN,
  -1,
  2n ** 64n,
  '',
  'con_0',
  [],
  [connectionId],
  {},
  deep,
  new Date(0),
  new Map([['connectionId', connectionId]]),
  JSON.parse(`{"__proto__":{"connectionId":"${connectionId}"}}`),
  { connectionId: '../../etc/passwd' },
  { connectionId: { toString: 'x' } },
  { connectionId: null },
  { url: 'x'.repeat(3_000) },
  { url: 5 },
  { theme: 'sepia' },
]

/** Faults made out of a good argument: each field missing, each of another type, one too many. */
function broken(good: unknown): unknown[] {
  if (typeof good !== 'object' || good === null) return []
  const whole = good as Record<string, unknown>
  const required = Object.keys(whole).filter((key) => whole[key] !== undefined)
  return [
    { ...whole, extra: 1 },
    [whole],
    ...required.map((key) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key))),
    ...required.flatMap((key) => [null, 7, [], {}, 'x'.repeat(5_000)].map((value) => ({ ...whole, [key]: value }))),
  ]
}

test('the preload script and the main process know the same channels', async () => {
  await using main = await runMain()
  expect([...channelNames].sort()).toEqual([...channels].sort())
  expect([...main.recording.handlers.keys()].sort()).toEqual([...channels].sort())
})

describe.each(channels)('the channel %s', (channel) => {
  test('takes what it is for', async () => {
    expect(channelInputs[channel].safeParse(wellFormed[channel][0]).success).toBe(true)
  })

  test('refuses every page and frame but the console itself', async () => {
    await using main = await runMain()
    const own = main.window.webContents.mainFrame
    const foreign: (Frame | null)[] = [
      null,
      ...[
        'https://evil.example/',
        'tollkeeper-console://evil/index.html',
        'tollkeeper-console://app.evil/index.html',
        'tollkeeper-console://app/other.html',
        'https://app/index.html',
        'file:///index.html',
        'data:text/html,x',
        'about:blank',
        'about:srcdoc',
        'not an address',
      ].map((url) => ({ url, parent: null })),
      { url: own.url, parent: own },
      // the right address, but not the frame the window shows
      { url: own.url, parent: null },
    ]
    for (const frame of foreign) {
      expect(await main.invoke(channel, wellFormed[channel], frame)).toMatchObject({
        ok: false,
        failure: { code: 'console.sender_refused' },
      })
    }
  })

  test('refuses arguments it is not for, and does nothing', async () => {
    await using main = await runMain()
    const tried = [...junk, ...wellFormed[channel].flatMap(broken)].filter(
      (value) => !channelInputs[channel].safeParse(value).success,
    )
    expect(tried.length).toBeGreaterThan(10)
    for (const value of tried) {
      expect(await main.invoke(channel, [value])).toMatchObject({ ok: false, failure: { code: 'console.input_invalid' } })
    }
    expect(await main.invoke(channel, [...wellFormed[channel], undefined, 'one too many'])).toMatchObject({ ok: false })
    expect(main.recording.opened).toEqual([])
    expect(main.recording.themeSource).toBe('system')
  })
})
