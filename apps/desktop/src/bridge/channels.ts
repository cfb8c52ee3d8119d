import { z } from 'zod'
import type { channelNames } from './channel-names.ts'
import { ConnectionId, ConnectionLook } from './connection.ts'
import type { ConsoleState } from './state.ts'

const Address = z.string().trim().min(1).max(2048)
const OfConnection = z.strictObject({ connectionId: ConnectionId })
const Nothing = z.undefined()

/** Every channel into the main process, with what it takes. There is no way in but these. */
export const channelInputs = {
  'console.state': Nothing,
  'console.theme': z.strictObject({ theme: z.enum(['light', 'dark', 'system']) }),
  'connections.probe': z.strictObject({ url: Address }),
  'connections.add': ConnectionLook.extend({ url: Address }),
  'connections.change': ConnectionLook.extend({ connectionId: ConnectionId }),
  'connections.remove': OfConnection,
  'connections.choose': OfConnection,
  'session.start': OfConnection,
  'session.openBrowser': OfConnection,
  'session.cancel': OfConnection,
  'session.end': OfConnection,
  'server.call': z.strictObject({
    connectionId: ConnectionId,
    path: z.string().min(1).max(120),
    type: z.enum(['query', 'mutation']),
    input: z.unknown(),
    /** Names the attempt: what is sent twice under one name is carried out once. */
    attempt: z.uuid().optional(),
  }),
  'server.mailbox': OfConnection,
  'server.impersonate': OfConnection.extend({
    userId: z.string().min(1).max(64),
    reason: z.string().min(3).max(500),
  }),
  'links.open': z.strictObject({ url: z.string().min(1).max(2048) }),
} as const satisfies Record<(typeof channelNames)[number], z.ZodType>

export type Channel = keyof typeof channelInputs
export type ChannelInput<Name extends Channel> = z.infer<(typeof channelInputs)[Name]>

export interface ProbedServer {
  /** The origin, as it will be stored. */
  url: string
  version: string
}

export interface MailboxMessage {
  id: string
  to: string
  subject: string
  text: string
  html: string
  at: string
}

/** What each channel answers. */
export interface ChannelOutputs {
  'console.state': ConsoleState
  'console.theme': null
  'connections.probe': ProbedServer
  'connections.add': { connectionId: string }
  'connections.change': null
  'connections.remove': null
  'connections.choose': null
  'session.start': null
  'session.openBrowser': null
  'session.cancel': null
  'session.end': { serverTold: boolean }
  'server.call': { result: unknown }
  'server.mailbox': { messages: MailboxMessage[] | null }
  /** When the impersonation ends by itself, ISO 8601. */
  'server.impersonate': { endsAt: string }
  'links.open': null
}
