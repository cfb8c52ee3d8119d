import type { Services } from '../../../kernel/services.ts'
import { startOfMonth } from './event-months.ts'

/** The first instant of which usage events are kept: this month, and so many whole months before it as the installation says. */
export function keptFrom({ config, clock }: Pick<Services, 'config' | 'clock'>): number {
  return startOfMonth(clock.now().getTime(), -config.usage.retentionMonths)
}

/** Whether usage of that instant can still be told apart: its month is there, or may be made. @param at milliseconds of the epoch */
export function isKept(services: Pick<Services, 'config' | 'clock'>, at: number): boolean {
  return at >= keptFrom(services)
}
