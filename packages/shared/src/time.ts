import { z } from 'zod'

/** An instant in UTC, ISO 8601 with a trailing Z or an offset. */
export const Instant = z.iso.datetime({ offset: true }).meta({ examples: ['2026-12-01T00:00:00Z'] })

/** A calendar day, YYYY-MM-DD. */
export const CalendarDay = z.iso.date()
