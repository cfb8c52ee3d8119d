import type { LoadOrder } from '../../load/load-report.ts'
import type { Generator } from '../../load/start-generator.ts'
import { cpuSeconds } from '../../machine/process-figures.ts'
import { medianAndRange } from '../../machine/statistics.ts'

/** One round on one server. */
export interface Round {
  perSecond: number
  /** Microseconds of the server's CPU for each answer; null where the system does not tell. */
  cpuMicros: number | null
  p50: number
  p99: number
  allowed: number
  answers: number
}

export type Order = Omit<LoadOrder, 'port'>

/** @throws when any answer is a failure */
export async function measureRound(
  generator: Generator,
  { name, port, pid }: { name: string; port: number; pid: number },
  order: Order,
): Promise<Round> {
  const before = cpuSeconds(pid)
  const { answers, seconds, failures, p50, p99, allowed } = await generator.run({ ...order, port })
  const after = cpuSeconds(pid)
  if (failures > 0) throw new Error(`${name} answered ${failures} of ${answers} requests with a failure.`)
  const cpu = before === null || after === null ? null : after - before
  return { perSecond: answers / seconds, cpuMicros: cpu === null ? null : (cpu * 1e6) / answers, p50, p99, allowed, answers }
}

/** A measurement that is repeated in turn with others. */
export interface Contender {
  name: string
  round(): Promise<Round>
}

/** Rounds go A B C A B C, after one of each that does not count, so that what the machine does otherwise falls on all alike. */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Round[][]> {
  const results: Round[][] = contenders.map(() => [])
  for (const contender of contenders) await contender.round()
  for (let round = 0; round < rounds; round++)
    for (const [index, contender] of contenders.entries()) results[index]!.push(await contender.round())
  return results
}

/** Median and range of the rounds' ratios. */
export function ratio(over: readonly Round[], under: readonly Round[], of: (round: Round) => number | null): string {
  const ratios = over.flatMap((one, index) => {
    const [above, below] = [of(one), of(under[index]!)]
    return above && below ? [above / below] : []
  })
  return medianAndRange(ratios)
}

export const requests = ({ perSecond }: Round) => perSecond
export const cpu = ({ cpuMicros }: Round) => cpuMicros

/** Of what was measured, what has a goal. */
export interface Finding {
  what: string
  measured: string
  goal: string
}
