import type { ConnectionColour, EnvironmentLabel } from './connection.ts'
import type { Failure } from './failure.ts'

/** Where the sign-in is kept: encrypted by the system, or in memory until the console closes. */
export type Keeping = 'encrypted' | 'memory'

/** The person a connection is signed in as. Tokens are not part of it: they never leave the main process. */
export interface SignedInUser {
  id: string
  email: string
  name: string
  operatorRole: string
}

export type SessionState =
  | { kind: 'signed-out'; reason: Failure | null }
  | {
      kind: 'waiting'
      userCode: string
      verificationUri: string
      /** ISO 8601, UTC. */
      expiresAt: string
      browserOpened: boolean
      /** What stands in the way of the answer at the moment; the wait goes on. */
      trouble: Failure | null
    }
  | { kind: 'signed-in'; user: SignedInUser; keeping: Keeping }

export interface ConnectionView {
  id: string
  name: string
  /** The server's origin. */
  url: string
  colour: ConnectionColour
  environment: EnvironmentLabel
  session: SessionState
}

/** Everything the window knows that is not the server's. */
export interface ConsoleState {
  version: string
  platform: string
  keeping: Keeping
  connections: ConnectionView[]
  chosenId: string | null
  /** Something about the console's own files that the person should know. */
  notice: string | null
}

/** What a menu item asks of the window. */
export const menuCommands = [
  'palette',
  'shortcuts',
  'connect',
  'overview',
  'users',
  'tenants',
  'catalog',
  'operators',
  'outbox',
  'mailbox',
  'back',
  'forward',
  'theme-light',
  'theme-dark',
  'theme-system',
] as const
export type MenuCommand = (typeof menuCommands)[number]
