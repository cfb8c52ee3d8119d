import type { Problem } from '@tollkeeper/shared'
import type { Failure } from './failure.ts'
import { tellOnPage } from './tell-on-page.ts'

/** Why a file did not come. */
export class FileFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.title)
    this.failure = failure
  }
}

const blank = { faults: [], requestId: undefined, retryAfterSeconds: undefined }

export const saveCut: Failure = {
  ...blank,
  title: 'The connection broke before the file was whole.',
  next: 'Nothing was saved. Check your connection, then try again.',
  code: 'network.cut',
}

/** A refusal over REST as the screens show it. What is no problem document came from something between the server and here. */
export async function failureOfProblem(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null
  if (!problem?.code) return { ...saveCut, title: `The server answered ${response.status}, and sent no file.` }
  return {
    ...blank,
    ...tellOnPage(problem.code, { title: problem.title ?? problem.code, next: problem.next ?? '' }),
    code: problem.code,
    requestId: problem.requestId,
    retryAfterSeconds: problem.retryAfterSeconds,
  }
}
