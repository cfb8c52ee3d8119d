import { z } from 'zod'
import type { JobDefinition } from '../../kernel/job.ts'
import { checkBooks } from './books/check-books.ts'
import { forgetOldAnswers } from './forget-old-answers.ts'
import { expireHolds } from './gauge/expire-holds.ts'
import { endOverrides } from './grant/end-overrides.ts'
import { keepEventMonths } from './history/keep-event-months.ts'
import { rollDays } from './history/roll-days.ts'
import { tellOfUse } from './notice/tell-of-use.ts'
import { chargeOverdue } from './reservation/charge-overdue.ts'
import { expireReservations } from './reservation/expire-reservations.ts'
import { forgetSettled } from './reservation/forget-settled.ts'
import { forgetRejections } from './trace/forget-rejections.ts'

const forgetOldAnswersJob: JobDefinition<object> = {
  name: 'quota.forget_old_answers',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '17 * * * *',
  handle: async (services) => {
    await forgetOldAnswers(services)
    await forgetSettled(services)
    await forgetRejections(services)
  },
}

const expireReservationsJob: JobDefinition<object> = {
  name: 'quota.expire_reservations',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '* * * * *',
  handle: async (services) => {
    await expireReservations(services)
    await chargeOverdue(services)
  },
}

const endWhatIsDueJob: JobDefinition<object> = {
  name: 'quota.end_what_is_due',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '* * * * *',
  handle: async (services) => {
    await expireHolds(services)
    await endOverrides(services)
  },
}

const keepEventMonthsJob: JobDefinition<object> = {
  name: 'quota.keep_event_months',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 5,
  schedule: '37 * * * *',
  handle: async (services) => {
    await keepEventMonths(services)
    await rollDays(services)
  },
}

const checkBooksJob: JobDefinition<object> = {
  name: 'quota.check_books',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 0,
  schedule: '* * * * *',
  handle: async (services) => {
    await checkBooks(services)
  },
}

const tellOfUseJob: JobDefinition<object> = {
  name: 'quota.tell_of_use',
  payload: z.strictObject({}),
  concurrency: 1,
  retries: 2,
  schedule: '* * * * *',
  handle: async (services) => {
    await tellOfUse(services)
  },
}

export const quotaJobs: readonly JobDefinition<object>[] = [
  forgetOldAnswersJob,
  expireReservationsJob,
  endWhatIsDueJob,
  keepEventMonthsJob,
  checkBooksJob,
  tellOfUseJob,
]
