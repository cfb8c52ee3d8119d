import type { ProviderName } from '@tollkeeper/shared'
import { ProviderName as Names } from '@tollkeeper/shared'
import type { Config } from '../../../config/config.ts'

/** The providers this server is set up for. */
export function configuredProviders(config: Pick<Config, 'github' | 'google'>): ProviderName[] {
  return Names.options.filter((name) => config[name] !== null)
}
