import type { FileStream, UsageHistoryInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../../kernel/context.ts'
import { inTenant } from '../../../kernel/in-transaction.ts'
import { catalogOf } from '../../catalog/index.ts'
import { findFeature } from '../decision/decide.ts'
import type { Buckets, bucketsOf } from '../history/buckets.ts'
import { readHistory } from '../history/history-query.ts'
import { labelsOf } from '../history/labels.ts'
import { bucketsFor } from '../history/usage-history.ts'
import { type Cell, csvFile, fileName } from './csv.ts'

const BUCKETS_A_PAGE = 7
/** Groups of a feature and page that are written one by one; what is beyond them is one line. */
const TOP = 1_000
const headings = ['start', 'feature', 'unit', 'by', 'of', 'name', 'is_rest', 'amount']

/**
 * Use over time as CSV: a line for each bucket, feature and group in which there was any.
 * @throws AppError as `usageHistory` does
 */
export async function exportHistory(ctx: TenantContext, input: Omit<UsageHistoryInput, 'top'>): Promise<FileStream> {
  if (input.feature !== undefined) findFeature(await catalogOf(ctx.services), input.feature)
  const buckets = bucketsFor(ctx, input)
  return csvFile(ctx, fileName('usage-history', ctx), headings, pages(ctx, input, buckets))
}

async function* pages(
  ctx: TenantContext,
  input: Omit<UsageHistoryInput, 'top'>,
  { edges, starts }: ReturnType<typeof bucketsOf>,
): AsyncGenerator<Cell[][], void> {
  const { features } = await catalogOf(ctx.services)
  for (let first = 0; first < starts.length; first += BUCKETS_A_PAGE) {
    const buckets: Buckets = {
      edges: edges.slice(first, first + BUCKETS_A_PAGE + 1),
      starts: starts.slice(first, first + BUCKETS_A_PAGE),
    }
    const { cells, labels } = await inTenant(ctx, async (em) => {
      const found = await readHistory(em, { ...input, tenantId: ctx.tenantId, buckets, top: TOP })
      return { cells: found, labels: await labelsOf(em, input.by, found) }
    })
    yield cells
      .toSorted((a, b) => a.bucket - b.bucket)
      .map(({ bucket, featureKey, key, isRest, units }) => [
        buckets.starts[bucket]!,
        featureKey,
        features.get(featureKey)?.unit ?? '',
        input.by === 'property' ? input.property! : input.by,
        key,
        key === null ? null : (labels.get(key) ?? null),
        isRest,
        units,
      ])
  }
}
