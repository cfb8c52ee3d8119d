import type { Metadata } from './shape.ts'

/** Stripe's merge: named keys are set, an empty value removes its key, an empty string in place of the object removes all. */
export function mergeMetadata(current: Metadata, change: Metadata | '' | undefined): Metadata {
  if (change === undefined) return current
  if (change === '') return {}
  const merged = { ...current, ...change }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}
