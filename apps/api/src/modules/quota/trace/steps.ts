import { type EventRefusal, type TraceStep, traceSteps, type UsageEventView } from '@tollkeeper/shared'
import type { Correction, CountingEntry } from './trace-event.ts'

interface Counted {
  event: UsageEventView
  repeatedAt: string | null
  entries: readonly CountingEntry[]
  corrections: readonly Correction[]
  refusals: readonly EventRefusal[]
}

type StepName = TraceStep['step']

/** At which step an event is refused for a reason; where one code serves several, the field tells them apart. */
const stepOfCode: Record<string, StepName> = {
  'quota.event_too_old': 'received',
  'quota.event_in_future': 'received',
  'quota.event_conflict': 'deduplicated',
  'catalog.feature_unknown': 'matched',
  'quota.feature_not_metered': 'matched',
  'quota.not_in_plan': 'matched',
  'quota.resource_missing': 'matched',
}

export function stepsOfCounted({ event, repeatedAt, entries, corrections, refusals }: Counted): TraceStep[] {
  const { feature, amount, at, receivedAt, caller } = event
  const beyond = entries.filter(({ kind }) => kind === 'overage').reduce((sum, { units }) => sum + units, 0)
  const passed = (step: StepName, detail: string, evidence: TraceStep['evidence']): TraceStep => ({
    step,
    outcome: 'passed',
    at: receivedAt,
    code: null,
    detail,
    evidence,
  })
  const conflicts = refusals.filter(({ code }) => code === 'quota.event_conflict').reduce((sum, { times }) => sum + times, 0)
  const balances = [...new Set(entries.map(({ feature: of, windowStart, origin }) => `${of}/${windowStart}/${origin}`))]
  const entryEvidence = entries.map(({ id, kind }) => ({ kind: kind === 'overage' ? 'overage_entry' : 'ledger_entry', id }))
  const paidIn = [...new Set(entries.map((entry) => entry.feature))].filter((of) => of !== feature)
  return [
    passed('received', `Reported for ${at}.`, caller === null ? [] : [{ kind: 'caller', id: caller }]),
    passed(
      'deduplicated',
      [
        repeatedAt === null ? 'The first event with this id.' : `Sent again, last at about ${repeatedAt}, and counted once.`,
        ...(conflicts > 0 ? [`Another event with this id was refused ${conflicts === 1 ? 'once' : `${conflicts} times`}.`] : []),
      ].join(' '),
      [{ kind: 'event', id: event.id }],
    ),
    passed('matched', `${feature} is a metered feature of the plan.`, [{ kind: 'feature', id: feature }]),
    passed('counted', [`${amount} in the window that holds ${at}.`, ...corrections.map(toldOf)].join(' '), [
      ...corrections.map(({ number }) => ({ kind: 'correction', id: `${event.id}/${number}` })),
      ...entryEvidence.filter(({ kind }) => kind === 'ledger_entry'),
      ...balances.map((id) => ({ kind: 'balance', id })),
      { kind: 'hour', id: new Date(Math.floor(Date.parse(at) / 3_600_000) * 3_600_000).toISOString() },
    ]),
    passed(
      'rated',
      [
        ...paidIn.map((credits) => `It is paid in ${credits}.`),
        beyond > 0 ? `The commit that counted it used ${beyond} more than was granted.` : 'All of it was within what was granted.',
      ].join(' '),
      [...paidIn.map((id) => ({ kind: 'feature', id })), ...entryEvidence.filter(({ kind }) => kind === 'overage_entry')],
    ),
  ]
}

function toldOf({ amount, at }: Correction): string {
  return `Corrected to ${amount} at ${at}.`
}

export function stepsOfRefused(refusal: EventRefusal): TraceStep[] {
  const refusedAt = traceSteps.indexOf(stepOf(refusal))
  return traceSteps.map((step, index) => ({
    step,
    outcome: index < refusedAt ? 'passed' : index === refusedAt ? 'refused' : 'not_reached',
    at: index <= refusedAt ? refusal.lastAt : null,
    code: index === refusedAt ? refusal.code : null,
    detail: index === refusedAt ? detailOf(refusal) : '',
    evidence:
      index === 0 ? [{ kind: 'caller', id: refusal.caller }] : index === 2 ? [{ kind: 'feature', id: refusal.feature }] : [],
  }))
}

function stepOf({ code, field }: EventRefusal): StepName {
  return stepOfCode[code] ?? (field === 'amount' ? 'counted' : 'received')
}

function detailOf({ field, times, firstAt }: EventRefusal): string {
  return `The fault is in \`${field}\`.${times > 1 ? ` Refused ${times} times since ${firstAt}.` : ''}`
}
