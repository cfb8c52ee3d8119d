import type { WaysIn } from '@tollkeeper/shared'
import type { RequestContext } from '../../kernel/context.ts'
import { passkeysAvailable } from './passkey/relying-party.ts'
import { configuredProviders } from './provider/provider-names.ts'

/** What the sign-in page can offer. A password and a mail always let in, so they are not named. */
export function readWaysIn({ services }: RequestContext): WaysIn {
  return { providers: configuredProviders(services.config), passkeys: passkeysAvailable(services) }
}
