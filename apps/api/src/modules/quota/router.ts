import {
  AuthorizeInput,
  CheckInput,
  CommitInput,
  CurrentUsage,
  DailyUsage,
  DailyUsageInput,
  Decision,
  EventTrace,
  Explanation,
  ExportEventsInput,
  ExportLedgerInput,
  FileStream,
  PageInput,
  RejectedEventPage,
  ReservationDecision,
  ReservationInput,
  ReservationView,
  ReserveInput,
  TrackAnswer,
  TrackInput,
  UsageEventIdInput,
  UsageEventPage,
  UsageEventsInput,
  UsageHistory,
  UsageHistoryInput,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { tenantProcedure } from '../../trpc/procedures.ts'
import { authorize } from './authorize.ts'
import { capRouter } from './cap/router.ts'
import { check } from './check.ts'
import { currentUsage } from './current-usage.ts'
import { dailyUsage } from './daily-usage.ts'
import { explain } from './explain.ts'
import { exportEvents } from './export/export-events.ts'
import { exportHistory } from './export/export-history.ts'
import { exportLedger } from './export/export-ledger.ts'
import { gaugeRouter } from './gauge/router.ts'
import { grantRouter } from './grant/router.ts'
import { usageEvents } from './history/usage-events.ts'
import { usageHistory } from './history/usage-history.ts'
import { reserve } from './reserve.ts'
import { commitReservation, releaseReservation } from './settle-reservation.ts'
import { showReservation } from './show-reservation.ts'
import { rejectedEvents } from './trace/rejected-events.ts'
import { traceEvent } from './trace/trace-event.ts'
import { track } from './track.ts'

const ask = { permission: 'decision:ask', scope: 'decision:ask', audit: null, limit: 'none' } as const
const read = { permission: 'usage:read', scope: 'usage:read', audit: null, idempotent: 'read', limit: 'read' } as const

export const quotaRouter = router({
  gauge: gaugeRouter,
  cap: capRouter,
  grant: grantRouter,

  authorize: tenantProcedure({
    ...ask,
    idempotent: 'request_id',
    stepUp: false,
    rest: { method: 'POST', path: '/authorize', summary: 'May the caller do this now? Consumes when the answer is yes' },
  })
    .input(AuthorizeInput)
    .output(Decision)
    .mutation(({ ctx, input }) => authorize(ctx, input)),

  check: tenantProcedure({
    ...ask,
    idempotent: 'read',
    rest: { method: 'POST', path: '/check', summary: 'The same question; nothing is consumed' },
  })
    .input(CheckInput)
    .output(Decision)
    .query(({ ctx, input }) => check(ctx, input)),

  explain: tenantProcedure({
    ...ask,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'POST', path: '/explain', summary: 'Every step of the decision, with evidence, and what would change it' },
  })
    .input(CheckInput)
    .output(Explanation)
    .query(({ ctx, input }) => explain(ctx, input)),

  reserve: tenantProcedure({
    ...ask,
    idempotent: 'request_id',
    stepUp: false,
    rest: { method: 'POST', path: '/reservations', summary: 'The same decision; holds the amount when the answer is yes' },
  })
    .input(ReserveInput)
    .output(ReservationDecision)
    .mutation(({ ctx, input }) => reserve(ctx, input)),

  commit: tenantProcedure({
    ...ask,
    idempotent: 'natural',
    stepUp: false,
    rest: { method: 'POST', path: '/reservations/{id}/commit', summary: 'Use what is held, or less: the rest comes back' },
  })
    .input(CommitInput)
    .output(ReservationView)
    .mutation(({ ctx, input }) => commitReservation(ctx, input)),

  release: tenantProcedure({
    ...ask,
    idempotent: 'natural',
    stepUp: false,
    rest: { method: 'POST', path: '/reservations/{id}/release', summary: 'Give back all that is held' },
  })
    .input(ReservationInput)
    .output(ReservationView)
    .mutation(({ ctx, input }) => releaseReservation(ctx, input)),

  reservation: tenantProcedure({
    ...ask,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/reservations/{id}', summary: 'What is held, or what became of it' },
  })
    .input(ReservationInput)
    .output(ReservationView)
    .query(({ ctx, input }) => showReservation(ctx, input)),

  track: tenantProcedure({
    permission: 'usage:write',
    scope: 'usage:write',
    audit: null,
    idempotent: 'event_id',
    limit: 'none',
    stepUp: false,
    rest: {
      method: 'POST',
      path: '/usage',
      summary: 'Report usage that already happened: one event, or up to 1,000 in a list',
      oneOf: 'events',
    },
  })
    .input(TrackInput)
    .output(TrackAnswer)
    .mutation(({ ctx, input }) => track(ctx, input)),

  current: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/usage/current', summary: 'Use and limit of every feature, now' },
  })
    .output(CurrentUsage)
    .query(({ ctx }) => currentUsage(ctx)),

  daily: tenantProcedure({ ...read, rest: { method: 'GET', path: '/usage/daily', summary: 'Use of one feature, day by day' } })
    .input(DailyUsageInput)
    .output(DailyUsage)
    .query(({ ctx, input }) => dailyUsage(ctx, input)),

  history: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/usage/history', summary: 'Use over time, by feature, member, key or property' },
  })
    .input(UsageHistoryInput)
    .output(UsageHistory)
    .query(({ ctx, input }) => usageHistory(ctx, input)),

  exportHistory: tenantProcedure({ ...read, rest: csv('/usage/history.csv', 'Use over time as a file') })
    .input(UsageHistoryInput.omit({ top: true }))
    .output(FileStream)
    .query(({ ctx, input }) => exportHistory(ctx, input)),

  events: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/usage/events', summary: 'Usage events that were counted, the latest first' },
  })
    .input(UsageEventsInput)
    .output(UsageEventPage)
    .query(({ ctx, input }) => usageEvents(ctx, input)),

  eventTrace: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/usage/events/{id}/trace', summary: 'What became of one event, step by step' },
  })
    .input(UsageEventIdInput)
    .output(EventTrace)
    .query(({ ctx, input }) => traceEvent(ctx, input)),

  rejectedEvents: tenantProcedure({
    ...read,
    rest: { method: 'GET', path: '/usage/rejected-events', summary: 'Usage events that were refused in the last 30 days, and why' },
  })
    .input(PageInput)
    .output(RejectedEventPage)
    .query(({ ctx, input }) => rejectedEvents(ctx, input)),

  exportEvents: tenantProcedure({ ...read, rest: csv('/usage/events.csv', 'Usage events as a file') })
    .input(ExportEventsInput)
    .output(FileStream)
    .query(({ ctx, input }) => exportEvents(ctx, input)),

  exportLedger: tenantProcedure({ ...read, rest: csv('/usage/ledger.csv', 'The ledger as a file') })
    .input(ExportLedgerInput)
    .output(FileStream)
    .query(({ ctx, input }) => exportLedger(ctx, input)),
})

function csv(path: `/${string}`, summary: string) {
  return { method: 'GET', path, summary, produces: 'text/csv' } as const
}
