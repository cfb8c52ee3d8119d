import type { FastifyPluginAsync } from 'fastify'
import { sandboxApi } from './api/sandbox-api.ts'
import { sandboxPages } from './pages/sandbox-pages.ts'
import type { Sandbox } from './sandbox.ts'

export interface PluginOptions {
  sandbox: Sandbox
  /** Whether Stripe's API is served here too (default yes). The pages always are. */
  api?: boolean
}

/** Mounts a sandbox in a server of yours: `app.register(stripeSandboxPlugin, { prefix: '/_stripe', sandbox })`. */
export const stripeSandboxPlugin: FastifyPluginAsync<PluginOptions> = async (app, { sandbox, api = true }) => {
  await app.register(sandboxPages, { sandbox })
  if (api) await app.register(sandboxApi, { sandbox })
}
