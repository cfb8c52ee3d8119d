import { randomBytes } from 'node:crypto'
import { type Control, createControl, createSandbox, sandboxApi, sandboxPages } from '@tollkeeper/stripe-sandbox'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from '../kernel/services.ts'
import type { StripeOptions } from '../payments/stripe-payments.ts'

export interface OpenSandbox {
  /** What the payments adapter needs to talk to it. */
  stripe: StripeOptions
  /** Moves its clock, pays checkouts, breaks things: for tests and tools. */
  control: Control
  /** Registers its pages under /_stripe. */
  pages(app: FastifyInstance): Promise<void>
  close(): Promise<void>
}

export interface SandboxOptions {
  /** Where people reach this server. */
  publicUrl: string
  /** Where this machine reaches this server. */
  localUrl: string
  dataFile?: string
  logger: Logger
}

/**
 * The payment sandbox inside this server, for trying and developing. Its API has a port of its own on this machine, because the
 * Stripe SDK takes no path; its pages are on the server's one port. Its events come in by the same signed webhook as Stripe's.
 */
export async function openSandbox({ publicUrl, localUrl, dataFile, logger }: SandboxOptions): Promise<OpenSandbox> {
  const secret = `whsec_${randomBytes(24).toString('hex')}`
  const sandbox = createSandbox({
    publicUrl: `${publicUrl}/_stripe`,
    webhook: { url: `${localUrl}/api/v1/webhooks/stripe`, secret },
    ...(dataFile ? { dataFile } : {}),
    logger,
  })
  const api = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 } })
  await api.register(sandboxApi, { sandbox })
  const apiBase = await api.listen({ host: '127.0.0.1', port: 0 })
  return {
    stripe: { secretKey: sandbox.secretKey, webhookSecrets: [secret], apiBase, provider: 'sandbox' },
    control: createControl(sandbox),
    async pages(app) {
      await app.register(sandboxPages, { prefix: '/_stripe', sandbox })
    },
    async close() {
      await api.close()
      await sandbox.close()
    },
  }
}
