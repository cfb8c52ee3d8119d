import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A wire to the database that can be cut at the worst moment. */
export interface CuttingProxy extends AsyncDisposable {
  url: string
  /**
   * The next answers of the database are swallowed and their connections cut: what was sent is done, and nobody hears of it. Those to
   * the change feed, which is asked all the time, do not count.
   */
  cutAnswers(times: number): void
  /** Cuts every connection and lets none through. */
  refuse(): void
  /** Lets them through again. */
  admit(): void
}

/** First bytes of what begins another question: Parse, Bind, Query. */
const BEGINS = new Set(['P', 'B', 'Q'].map((letter) => letter.charCodeAt(0)))

export async function openCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let cuts = 0
  let refusing = false
  const server = createServer((near) => {
    if (refusing) {
      near.destroy()
      return
    }
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    let polls = false
    near.on('data', (chunk) => {
      // what follows a question of the feed in pieces of its own, to execute it, is still of the feed
      if (chunk.includes('change-feed')) polls = true
      else if (BEGINS.has(chunk[0]!)) polls = false
      far.write(chunk)
    })
    far.on('data', (chunk) => {
      if (cuts > 0 && !polls) {
        cuts--
        near.destroy()
      } else near.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    cutAnswers: (times) => {
      cuts = times
    },
    refuse() {
      refusing = true
      for (const socket of sockets) socket.destroy()
    },
    admit() {
      refusing = false
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
