// A process of its own that keeps one request under way on each of its connections, with as little work as a socket allows.
import { connect, type Socket } from 'node:net'
import type { LoadOrder, LoadReport } from './load-report.ts'

const HEAD_END = Buffer.from('\r\n\r\n')
const ALLOWED = Buffer.from('"allowed":true')
const LENGTH = Buffer.from('ontent-length: ')
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
  const request = toBytes(order)
  const counts = { answers: 0, allowed: 0, failures: 0 }
  const latencies: number[] = []
  const until = performance.now() + order.seconds * 1000
  const most = order.mostRequests ?? Number.POSITIVE_INFINITY
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: order.connections }, () => converse(order.port, request)))
  const seconds = (performance.now() - startedAt) / 1000
  latencies.sort((a, b) => a - b)
  const quantile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { ...counts, seconds, p50: quantile(0.5), p99: quantile(0.99) }

  function converse(port: number, bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let sentAt = 0
      let rest: Buffer | null = null
      const send = () => {
        sentAt = performance.now()
        socket.write(bytes)
      }
      socket.on('connect', send)
      socket.on('error', reject)
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
        if (counts.answers % SAMPLE === 0) latencies.push(now - sentAt)
        if (now < until && counts.answers < most) send()
        else finish(socket)
      })
    })
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
  if (at < 0 || at > headEnd) throw new Error('An answer came without a length.')
  let length = 0
  for (let place = at + LENGTH.length; data[place]! >= 0x30; place++) length = length * 10 + data[place]! - 0x30
  return data.length >= headEnd + HEAD_END.length + length
}

function toBytes({ port, path, headers, body }: LoadOrder): Buffer {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, 'content-length': String(Buffer.byteLength(body)), ...headers })
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
}
