import { isContention } from './statement-failure.ts'

const MOST_TRIES = 5

/** Runs a transaction again when another one was in its way. */
export async function tryAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === MOST_TRIES || !isContention(error)) throw error
    }
  }
}
