import { getUntypedClient } from '@trpc/client'
import { app, nativeTheme } from 'electron'
import type { ConsoleState } from '../../bridge/state.ts'
import type { Connections } from '../connections/connections.ts'
import { failed } from '../console-error.ts'
import type { Vault } from '../secrets/vault.ts'
import { probeServer } from '../server/probe-server.ts'
import { readMailbox } from '../server/read-mailbox.ts'
import { isWindowProcedure } from '../server/window-procedures.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Handlers } from './gateway.ts'

export interface HandlerPorts {
  connections: Connections
  sessions: Sessions
  vault: Vault
  openLink: (url: string) => Promise<void>
  changed: () => void
}

/** What each channel does. */
export function createHandlers({ connections, sessions, vault, openLink, changed }: HandlerPorts): Handlers {
  const done = async (work: Promise<unknown>): Promise<null> => {
    await work
    changed()
    return null
  }
  return {
    'console.state': async () => readState(connections, sessions, vault),
    'console.theme': async ({ theme }) => {
      nativeTheme.themeSource = theme
      return null
    },
    'connections.probe': async ({ url }) => probeServer(url),
    'connections.add': async ({ url, ...look }) => {
      const server = await probeServer(url)
      const { id } = await connections.add(look, server.url)
      changed()
      return { connectionId: id }
    },
    'connections.change': ({ connectionId, ...look }) => done(connections.change(connectionId, look)),
    'connections.remove': async ({ connectionId }) => {
      connections.get(connectionId)
      await sessions.end(connectionId)
      return done(connections.remove(connectionId))
    },
    'connections.choose': ({ connectionId }) => done(connections.choose(connectionId)),
    'session.start': ({ connectionId }) => done(sessions.start(connectionId)),
    'session.openBrowser': ({ connectionId }) => done(sessions.openBrowser(connectionId)),
    'session.cancel': async ({ connectionId }) => {
      sessions.cancel(connectionId)
      return null
    },
    'session.end': async ({ connectionId }) => {
      connections.get(connectionId)
      return sessions.end(connectionId)
    },
    'server.call': ({ connectionId, path, type, input, attempt }) => {
      connections.get(connectionId)
      if (!isWindowProcedure(path)) throw failed('console.procedure_refused', `(${path})`)
      return sessions.withAccess(connectionId, async (api) => {
        const client = getUntypedClient(api)
        return {
          result: await (type === 'query' ? client.query(path, input) : client.mutation(path, input, { context: { attempt } })),
        }
      })
    },
    'server.mailbox': async ({ connectionId }) => ({ messages: await readMailbox(connections.get(connectionId).url) }),
    'server.impersonate': async ({ connectionId, userId, reason }) => {
      connections.get(connectionId)
      const { link, expiresAt } = await sessions.withAccess(connectionId, (api) =>
        api.operator.impersonate.mutate({ id: userId, reason }),
      )
      // the link is a key: it goes to the system browser and not into the window
      await openLink(link)
      return { endsAt: expiresAt }
    },
    'links.open': async ({ url }) => {
      await openLink(url)
      return null
    },
  }
}

function readState(connections: Connections, sessions: Sessions, vault: Vault): ConsoleState {
  return {
    version: app.getVersion(),
    platform: process.platform,
    keeping: vault.keeping,
    connections: connections.list().map(({ id, name, url, colour, environment }) => ({
      id,
      name,
      url,
      colour,
      environment,
      session: sessions.state(id),
    })),
    chosenId: connections.chosenId(),
    notice: connections.notice,
  }
}
