export interface ErrorRow {
  status: number
  title: string
  next: string
  ours: boolean
}

/** @param next what the caller can do */
export function row(status: number, title: string, next: string, ours = false): ErrorRow {
  return { status, title, next, ours }
}
