import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

/** What the server makes of the next message: it takes it, answers with a code, hangs up, or says nothing. */
export type Behaviour = 'take' | 'cut' | 'silent' | { rcpt: string } | { data: string }

export interface TestSmtpServer extends AsyncDisposable {
  url: string
  /** The messages that were taken, as they came over the wire. */
  received: string[]
  /** Recipients that were named, taken or not. */
  asked: string[]
  /** Holds for every message from now on. */
  behave(behaviour: Behaviour): void
}

/** A real SMTP server on a free port. */
export async function startSmtpServer(): Promise<TestSmtpServer> {
  let behaviour: Behaviour = 'take'
  const [received, asked]: [string[], string[]] = [[], []]
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo({ address }, session, done) {
      asked.push(address)
      if (behaviour === 'silent') return
      if (behaviour === 'cut') return void cut(server, session.id)
      done(typeof behaviour === 'object' && 'rcpt' in behaviour ? answer(behaviour.rcpt) : null)
    },
    onData(stream: SMTPServerDataStream, _session, done) {
      void text(stream).then((message) => {
        if (typeof behaviour === 'object' && 'data' in behaviour) return done(answer(behaviour.data))
        received.push(message)
        done()
      })
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    received,
    asked,
    behave: (next) => {
      behaviour = next
    },
    [Symbol.asyncDispose]: async () => {
      for (const connection of server.connections) connection.close()
      await new Promise<void>((closed) => server.close(closed))
    },
  }
}

function answer(line: string): Error {
  const [code, ...words] = line.split(' ')
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })
}

function cut(server: SMTPServer, sessionId: string): void {
  for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
    if (connection.id === sessionId) connection._socket.destroy()
  }
}
