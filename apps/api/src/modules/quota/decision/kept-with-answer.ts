import { createHash } from 'node:crypto'
import type { AuthorizeInput } from '@tollkeeper/shared'
import type { KeptWithAnswer } from '../../../kernel/ports/quota-engine.ts'
import type { Catalog } from '../../catalog/index.ts'
import type { DecisionFacts } from './facts.ts'
import { refusedQuota } from './refused-quota.ts'
import { remediesFor } from './remedies.ts'

/** What is kept with the answer to a request. What it is of may be somebody's own, so only its digest is. */
export function keptWithAnswer(
  facts: DecisionFacts,
  catalog: Catalog,
  { resource, member }: Pick<AuthorizeInput, 'resource' | 'member'>,
): KeptWithAnswer {
  return {
    askedOf: resource === undefined && member === undefined ? '' : digestOf([resource ?? null, member ?? null]),
    remediesOf: (refusal) => remediesFor(refusal.code, refusedQuota(facts, refusal, member), catalog),
  }
}

function digestOf(asked: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url')
}
