import { useQuery } from '@tanstack/react-query'
import type { CurrentUsage, FeatureKind } from '@tollkeeper/shared'
import { useServer } from '../../api/server-provider.tsx'

export interface NamedFeature {
  feature: string
  name: string
  kind: FeatureKind
  unit: string
}

/** What the tenant has and what any plan has, by key: a grant or an override may be of a feature that the tenant's plan leaves out. */
export function useFeatures(usage: CurrentUsage | undefined): ReadonlyMap<string, NamedFeature> {
  const server = useServer()
  const { data } = useQuery(server.catalog.plans.queryOptions(undefined, { staleTime: 60_000 }))
  const all = [...(data?.plans.flatMap(({ entitlements }) => entitlements) ?? []), ...(usage?.features ?? [])]
  return new Map(all.map(({ feature, name, kind, unit }) => [feature, { feature, name, kind, unit }]))
}

/** Its name, or its key where the catalog says no more of it. */
export function nameOf(features: ReadonlyMap<string, NamedFeature>, key: string): string {
  return features.get(key)?.name ?? key
}
