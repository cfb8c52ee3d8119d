import type { Answer, Failure } from '../../bridge/failure.ts'

/** A failure of the console or the server, thrown in the page. */
export class ConsoleFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.title)
    this.failure = failure
  }
}

/** The value of an answer. @throws ConsoleFailure */
export async function ask<Value>(answering: Promise<Answer<Value>>): Promise<Value> {
  const answer = await answering
  if (answer.ok) return answer.value
  throw new ConsoleFailure(answer.failure)
}
