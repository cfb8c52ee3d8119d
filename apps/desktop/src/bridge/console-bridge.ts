import type { eventNames } from './channel-names.ts'
import type { Channel, ChannelInput, ChannelOutputs } from './channels.ts'
import type { Answer } from './failure.ts'
import type { MenuCommand } from './state.ts'

export type ConsoleEvent = (typeof eventNames)[number]

export interface ConsoleEvents {
  'state.changed': null
  'menu.command': MenuCommand
}

type Call<Name extends Channel> =
  ChannelInput<Name> extends undefined
    ? () => Promise<Answer<ChannelOutputs[Name]>>
    : (input: ChannelInput<Name>) => Promise<Answer<ChannelOutputs[Name]>>

/** `window.tollkeeper`: one function a channel, and a way to listen. Nothing of Electron or Node is reachable through it. */
export interface ConsoleBridge {
  readonly call: { readonly [Name in Channel]: Call<Name> }
  /** Calls back on an event of the main process; returns how to stop. */
  on<Name extends ConsoleEvent>(event: Name, listener: (payload: ConsoleEvents[Name]) => void): () => void
}
