import { AppError } from '../kernel/app-error.ts'

/** Whether a body is one element of the list that the input wants, instead of the list. */
export function isSoleElement(body: unknown, list: string): body is object {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && !(list in body) && Object.keys(body).length > 0
}

/** A failure, with its paths told from the element that was sent. */
export function failureOfElement(error: AppError, list: string): AppError {
  const { faults, ...particulars } = error.particulars
  if (!faults) return error
  const told = faults.map(({ path, message }) => ({ path: fromElement(path, list), message }))
  return new AppError(error.code, { ...particulars, faults: told })
}

/** An answer that tells of each element where it is at fault, with the path told from the element that was sent. */
export function answerOfElement(answer: object, list: string): object {
  const told = (answer as Record<string, { path: string | null }[]>)[list]!
  return { ...answer, [list]: told.map((one) => ({ ...one, path: one.path && fromElement(one.path, list) })) }
}

function fromElement(path: string, list: string): string {
  const prefix = `${list}.0.`
  return path.startsWith(prefix) ? path.slice(prefix.length) : path
}
