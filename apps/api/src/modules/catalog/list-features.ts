import type { FeatureList } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'
import { catalogOf } from './catalog.ts'
import { toFeatureView } from './view.ts'

/** Every feature, for the tenant that the caller acts in: a client keeps apart what it knows of two. */
export async function listFeatures({ services, tenantId }: TenantContext): Promise<FeatureList> {
  const { features } = await catalogOf(services)
  return { tenantId, features: [...features.values()].map(toFeatureView) }
}
