import { createServer, type Socket } from 'node:net'

export interface MailServer extends AsyncDisposable {
  url: string
  /** What it answers to the name of a recipient that it does not take; those whose name is not in it are taken. */
  refusals: Map<string, string>
  /** The newest mail to an address, as text; undefined when none came. */
  mailTo(address: string): string | undefined
}

/** As much of an SMTP server as a mail takes, on a free port: it takes mails, keeps them, and refuses recipients it is told to. */
export async function startMailServer(): Promise<MailServer> {
  const refusals: MailServer['refusals'] = new Map()
  const taken: { to: string; text: string }[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy())
    converse(socket, refusals, (to, text) => taken.push({ to, text }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    refusals,
    mailTo: (to) => taken.findLast((mail) => mail.to === to)?.text,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function converse(socket: Socket, refusals: MailServer['refusals'], take: (to: string, text: string) => void): void {
  let unread = ''
  let recipient = ''
  let isData = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 ready')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    unread += chunk
    for (;;) {
      const end = isData ? '\r\n.\r\n' : '\r\n'
      const at = unread.indexOf(end)
      if (at < 0) return
      const said = unread.slice(0, at)
      unread = unread.slice(at + end.length)
      if (isData) {
        isData = false
        take(recipient, plain(said))
        say('250 taken')
      } else if (/^RCPT/i.test(said)) {
        recipient = /<([^>]*)>/.exec(said)?.[1] ?? ''
        say(refusals.get(recipient) ?? '250 go on')
      } else if (/^DATA/i.test(said)) {
        isData = true
        say('354 go on')
      } else if (/^QUIT/i.test(said)) {
        say('221 bye')
        socket.end()
      } else say('250 go on')
    }
  })
}

/** Without the soft ends of lines and the escapes that mails are sent with. */
function plain(mail: string): string {
  return mail
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
