// A process of its own that keeps one request under way on each of its connections, or sends so many a second, with as little work
// as a socket allows.
import { connect, type Socket } from 'node:net'
import { type LoadOrder, type LoadReport, UNIQUE } from './load-report.ts'

const HEAD_END = Buffer.from('\r\n\r\n')
const ALLOWED = Buffer.from('"allowed":true')
const LENGTH = Buffer.from('ontent-length: ')
const CHUNKED_END = Buffer.from('\r\n0\r\n\r\n')
/** Ids must not come again, in this process or another. */
const RUN = Math.floor(Date.now() / 100)
  .toString(36)
  .slice(-6)
let number = 0
/** One latency of so many is kept. */
const SAMPLE = 8

process.on('message', (order: LoadOrder) => {
  generate(order).then(
    (report) => process.send!(report),
    (error: unknown) => {
      process.stderr.write(`The load generator failed: ${String(error)}\n`)
      process.exit(1)
    },
  )
})

async function generate(order: LoadOrder): Promise<LoadReport> {
  const nextRequest = requestsOf(order)
  const counts = { answers: 0, allowed: 0, failures: 0 }
  const latencies: number[] = []
  const until = performance.now() + order.seconds * 1000
  const most = order.mostRequests ?? Number.POSITIVE_INFINITY
  const pace = order.perSecond === undefined ? null : new Pace(order.perSecond)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: order.connections }, () => converse(order.port)))
  const seconds = (performance.now() - startedAt) / 1000
  pace?.stop()
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { ...counts, seconds, p50: quantile(0.5), p99: quantile(0.99) }

  function converse(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let sentAt = 0
      let rest: Buffer | null = null
      const sendNow = (dueAt: number) => {
        sentAt = dueAt
        socket.write(nextRequest())
      }
      const send = () => {
        if (pace) pace.whenDue(sendNow)
        else sendNow(performance.now())
      }
      if (pace) pace.onStop(() => finish(socket), until)
      socket.on('connect', send)
      socket.on('error', order.surviving ? () => undefined : reject)
      socket.on('close', () => resolve())
      socket.on('data', (chunk: Buffer) => {
        const data: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk])
        if (!isWhole(data)) {
          rest = data
          return
        }
        rest = null
        const now = performance.now()
        counts.answers++
        if (data[9] !== 0x32) counts.failures++
        else if (data.includes(ALLOWED)) counts.allowed++
        if (pace || counts.answers % SAMPLE === 0) latencies.push(now - sentAt)
        if (now < until && counts.answers < most) send()
        else finish(socket)
      })
    })
  }
}

/** Hands out the moments at which requests are due to connections that are free; a request that finds none is late, and counts so. */
class Pace {
  #everyMs: number
  #next = performance.now()
  #free: ((dueAt: number) => void)[] = []
  #stops: (() => void)[] = []
  #timer: NodeJS.Timeout

  constructor(perSecond: number) {
    this.#everyMs = 1000 / perSecond
    this.#timer = setInterval(() => this.#hand(), 1)
  }

  whenDue(send: (dueAt: number) => void): void {
    this.#free.push(send)
    this.#hand()
  }

  /** Ends a connection that is free when the time is over. */
  onStop(stop: () => void, at: number): void {
    this.#stops.push(stop)
    if (this.#stops.length > 1) return
    setTimeout(() => {
      this.#free = []
      this.stop()
      for (const each of this.#stops) each()
    }, at - performance.now())
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #hand(): void {
    const now = performance.now()
    while (this.#next <= now && this.#free.length > 0) {
      this.#free.shift()!(this.#next)
      this.#next += this.#everyMs
    }
  }
}

function finish(socket: Socket): void {
  socket.end()
  socket.destroy()
}

function isWhole(data: Buffer): boolean {
  const headEnd = data.indexOf(HEAD_END)
  if (headEnd < 0) return false
  const at = data.indexOf(LENGTH)
  // in chunks: what ends it stands in no body of ours
  if (at < 0 || at > headEnd) return data.subarray(-CHUNKED_END.length).equals(CHUNKED_END)
  let length = 0
  for (let place = at + LENGTH.length; data[place]! >= 0x30; place++) length = length * 10 + data[place]! - 0x30
  return data.length >= headEnd + HEAD_END.length + length
}

/** The bytes of one request after another; each is sent before the next is asked for. */
function requestsOf(order: LoadOrder): () => Buffer {
  const { secrets } = order
  let turn = 0
  const kinds = secrets
    ? secrets.map((secret) => toBytes({ ...order, headers: { ...order.headers, authorization: `Bearer ${secret}` } }))
    : [toBytes(order)]
  const place = kinds[0]!.indexOf(UNIQUE)
  return () => {
    const bytes = kinds[turn++ % kinds.length]!
    if (place < 0) return bytes
    const own = Buffer.from(bytes)
    own.write(`${RUN}${String(number++).padStart(UNIQUE.length - RUN.length, '0')}`, own.indexOf(UNIQUE), 'latin1')
    return own
  }
}

function toBytes({ port, path, headers, body }: LoadOrder): Buffer {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, 'content-length': String(Buffer.byteLength(body)), ...headers })
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}
