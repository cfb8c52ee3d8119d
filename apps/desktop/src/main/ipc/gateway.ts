import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { type Channel, type ChannelInput, type ChannelOutputs, channelInputs } from '../../bridge/channels.ts'
import type { Answer } from '../../bridge/failure.ts'
import { ConsoleError, failed, toFailure } from '../console-error.ts'
import { isConsolePage } from '../window/harden-contents.ts'

export type Handlers = { [Name in Channel]: (input: ChannelInput<Name>) => Promise<ChannelOutputs[Name]> }

/** The only way from a page into this process: each channel checks who asks and what is asked, then answers data. */
export function openGateway(handlers: Handlers): void {
  for (const name of Object.keys(channelInputs) as Channel[]) register(name, handlers[name] as (input: unknown) => Promise<unknown>)
}

function register(name: Channel, handle: (input: unknown) => Promise<unknown>): void {
  ipcMain.handle(name, async (event, ...sent: unknown[]): Promise<Answer<unknown>> => {
    try {
      assertSender(event)
      return { ok: true, value: await handle(readInput(name, sent)) }
    } catch (error) {
      if (!(error instanceof ConsoleError)) console.error(`The channel ${name} failed.`, error)
      return { ok: false, failure: toFailure(error) }
    }
  })
}

/** The console's own page in the main frame of its window. A frame inside it, or a page it was led to, is refused. */
function assertSender({ sender, senderFrame }: IpcMainInvokeEvent): void {
  const ours =
    senderFrame !== null && senderFrame.parent === null && senderFrame === sender.mainFrame && isConsolePage(senderFrame.url)
  if (!ours) throw failed('console.sender_refused')
}

function readInput(name: Channel, sent: unknown[]): unknown {
  const [input, ...more] = sent
  const parsed = channelInputs[name].safeParse(input)
  if (more.length > 0 || !parsed.success) {
    const faults = parsed.error?.issues.map((issue) => `${issue.path.join('.') || name} ${issue.message}`).join('; ')
    throw failed('console.input_invalid', `(${faults ?? 'too many arguments'})`)
  }
  return parsed.data
}
