import type { ExplainedStep, Remedy } from '@tollkeeper/shared'

/**
 * The one change that would turn the answer, or null where it takes more than one, or none is needed. A feature that is not in
 * the plan has nothing to count either, so those two refusals are one.
 */
export function smallestChange(
  steps: readonly ExplainedStep[],
  remediesOf: (code: ExplainedStep['code']) => Remedy[],
): Remedy | null {
  const refused = steps.filter(({ outcome }) => outcome === 'refused')
  const causes = refused.filter(({ step }) => step !== 'quota' || refused.every((other) => other.step !== 'entitlement'))
  return causes.length === 1 ? (remediesOf(causes[0]!.code)[0] ?? null) : null
}
