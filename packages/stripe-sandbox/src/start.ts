import Fastify from 'fastify'
import { sandboxApi } from './api/sandbox-api.ts'
import { type Control, createControl } from './control.ts'
import { sandboxPages } from './pages/sandbox-pages.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'

export interface StartOptions extends SandboxOptions {
  /** Port to listen on; 0, the default, takes a free one. */
  port?: number
  /** Address to listen on; the sandbox knows no secrets worth keeping, but stays on this machine by default. */
  host?: string
}

export interface StripeSandbox extends AsyncDisposable {
  readonly url: string
  readonly host: string
  readonly port: number
  /** A key the sandbox takes; any other `sk_test_…` would do as well. */
  readonly secretKey: string
  readonly control: Control
  /** The state machine, to be mounted in a server of yours as well. */
  readonly sandbox: Sandbox
  close(): Promise<void>
}

/** Starts a sandbox with a server of its own that speaks Stripe's API and shows the hosted pages. */
export async function startStripeSandbox(options: StartOptions = {}): Promise<StripeSandbox> {
  const { port = 0, host = '127.0.0.1' } = options
  const sandbox = createSandbox(options)
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 } })
  try {
    await app.register(sandboxApi, { sandbox })
    await app.register(sandboxPages, { sandbox })
    await app.listen({ port, host })
  } catch (error) {
    await app.close()
    await sandbox.close()
    throw error
  }
  const [address] = app.addresses()
  const bound = typeof address === 'object' ? address.port : port
  const url = `http://${host}:${bound}`
  if (!sandbox.publicUrl) sandbox.publicUrl = url
  const close = async () => {
    await app.close()
    await sandbox.close()
  }
  return {
    url,
    host,
    port: bound,
    secretKey: sandbox.secretKey,
    control: createControl(sandbox),
    sandbox,
    close,
    [Symbol.asyncDispose]: close,
  }
}
