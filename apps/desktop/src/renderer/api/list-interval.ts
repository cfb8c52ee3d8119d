const CALM_MS = 10_000
const FAILING_MS = 5_000
/** Renewing a list asks for every page of it again; a long one waits until it is opened anew. */
const PAGES = 2

/** A list that is looked at keeps up with the server. */
export function listInterval(query: {
  state: { error: unknown; data?: { pages: readonly unknown[] } | undefined }
}): number | false {
  if (query.state.error !== null) return FAILING_MS
  return (query.state.data?.pages.length ?? 0) <= PAGES ? CALM_MS : false
}
