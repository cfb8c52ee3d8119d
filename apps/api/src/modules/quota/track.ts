import type { EventFate, TrackAnswer, TrackInput } from '@tollkeeper/shared'
import { AppError } from '../../kernel/app-error.ts'
import { callerId } from '../../kernel/caller.ts'
import type { TenantContext } from '../../kernel/context.ts'
import { catalogOf } from '../catalog/index.ts'
import { tryAgain } from './engine/try-again.ts'
import { openMonths } from './history/event-months.ts'
import { isKept } from './history/retention.ts'
import { readFacts } from './tenant-facts.ts'
import { rememberFates } from './trace/remember-fates.ts'
import { countTogether } from './track/count-together.ts'
import { type JudgedEvent, judgeEvent, rejected } from './track/judged-event.ts'

/**
 * Counts usage that already happened: each event once by its id, in the window of its time, even past the limit. Every event has
 * its own fate, and what is answered is committed.
 * @throws AppError tenant.suspended
 */
export async function track(ctx: TenantContext, { events }: TrackInput): Promise<TrackAnswer> {
  return toAnswer(await tryAgain(() => trackOnce(ctx, events)))
}

async function trackOnce(ctx: TenantContext, events: TrackInput['events']): Promise<EventFate[]> {
  const { services, tenantId } = ctx
  const catalog = await catalogOf(services)
  const tenant = await readFacts(services.pool, tenantId)
  if (tenant.status !== 'active') throw new AppError('tenant.suspended')
  const now = services.clock.now()
  const reporter = { tenant, callerId: callerId(ctx.caller), now }
  const judged = events
    .map((event, index) => judgeEvent(event, index, catalog, reporter))
    .map((one) => refuseForgotten(services, one))
  const countable = judged.flatMap((one) => ('countable' in one ? [one.countable] : []))
  await openMonths(
    services,
    countable.map(({ at }) => at),
  )
  const fates = countable.length === 0 ? [] : await countTogether(services, countable, reporter)
  const answer = judged.map((one) => ('fate' in one ? one.fate : fates.shift()!))
  services.quota.roomCameBack(tenantId)
  await rememberFates(services, { tenantId, callerId: reporter.callerId, now, events, fates: answer })
  return answer
}

/** Where single events are no longer kept, one that was counted could not be told from one that was not. */
function refuseForgotten(services: TenantContext['services'], judged: JudgedEvent): JudgedEvent {
  if (!('countable' in judged) || isKept(services, judged.countable.at)) return judged
  return { fate: rejected(judged.countable.id, judged.countable.index, 'quota.event_too_old', 'at') }
}

function toAnswer(fates: EventFate[]): TrackAnswer {
  const count = (state: EventFate['state']) => fates.filter((fate) => fate.state === state).length
  return { counted: count('counted'), duplicates: count('duplicate'), rejected: count('rejected'), events: fates }
}
