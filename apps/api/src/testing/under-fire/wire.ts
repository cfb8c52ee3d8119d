import { connect, type Socket } from 'node:net'

export interface WireAnswer {
  status: number
  body: unknown
}

/** The connection broke, or was silent for too long: whether the request was heard is not known. */
export class WireBroken extends Error {}

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /content-length: (\d+)/i

/**
 * One connection to a server with one request under way at a time, and as little work for it as a socket allows, so that the
 * clients of a run do not use up the machine. Connects when it is first asked.
 */
export class Wire {
  #port: number
  #patienceMs: number
  #socket: Socket | null = null
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve(answer: WireAnswer): void; reject(error: Error): void; late: NodeJS.Timeout } | null = null

  /** @param patienceMs how long an answer may take before the connection is given up */
  constructor(port: number, patienceMs: number) {
    this.#port = port
    this.#patienceMs = patienceMs
  }

  /** @throws WireBroken; after it the wire is of no more use */
  ask(request: Buffer): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#break('no answer in time'), this.#patienceMs)
      this.#waiting = { resolve, reject, late }
      this.#socket ??= this.#open()
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#break('closed by the client')
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.on('error', (error) => this.#break(error.message))
    socket.on('close', () => this.#break('closed by the server'))
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    return socket
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const headEnd = this.#received.indexOf(HEAD_END)
    if (headEnd < 0) return
    const head = this.#received.toString('latin1', 0, headEnd)
    const from = headEnd + HEAD_END.length
    const to = from + Number(LENGTH.exec(head)?.[1] ?? Number.NaN)
    if (!(this.#received.length >= to)) return
    const body = this.#received.toString('utf8', from, to)
    this.#received = Buffer.alloc(0)
    const waiting = this.#waiting
    if (!waiting) return
    this.#waiting = null
    clearTimeout(waiting.late)
    waiting.resolve({ status: Number(head.slice(9, 12)), body: JSON.parse(body) })
  }

  #break(reason: string): void {
    this.#socket?.destroy()
    const waiting = this.#waiting
    if (!waiting) return
    this.#waiting = null
    clearTimeout(waiting.late)
    waiting.reject(new WireBroken(reason))
  }
}

/** The bytes of one `authorize`. */
export function authorizeRequest(secret: string, input: { feature: string; amount: number; requestId?: string }): Buffer {
  const body = JSON.stringify(input)
  return Buffer.from(
    `POST /api/v1/authorize HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${secret}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
