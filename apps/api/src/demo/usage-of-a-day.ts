import { createHash } from 'node:crypto'
import type { DemoCompany } from './companies.ts'

const WORKING_HOURS = [8, 9, 10, 11, 13, 14, 15, 16, 17, 20]

export interface DemoUse {
  hour: number
  characters: number
}

/**
 * What a company uses on a day, hour by hour: along a line from then to now, less at the weekend, each hour a little off. The
 * same company and day give the same numbers, so that filling the demo twice counts everything once.
 * @param age days before today
 */
export function usageOfADay(company: DemoCompany, day: Date, age: number, days: number): DemoUse[] {
  const trend = company.from + (company.to - company.from) * (1 - age / days)
  const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6
  const total = trend * (isWeekend ? company.weekend : 1)
  return WORKING_HOURS.map((hour) => ({
    hour,
    characters: Math.round((total / WORKING_HOURS.length) * (0.6 + 0.8 * chance(`${company.name} ${day.toISOString()} ${hour}`))),
  })).filter(({ characters }) => characters > 0)
}

/** A number from 0 to 1 that looks like chance and is always the same for the same text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 0xffffffff
}
