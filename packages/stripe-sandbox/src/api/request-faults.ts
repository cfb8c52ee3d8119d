/** Trouble switched on for API requests. */
export interface RequestFault {
  /** Only requests of this method; any by default. */
  method?: 'GET' | 'POST' | 'DELETE'
  /** Only requests whose path (`/v1/subscriptions`) matches; any by default. */
  path?: RegExp
  /** `done`: the work happens and only the answer is spoilt. `undone`: nothing happens. */
  work: 'done' | 'undone'
  /** A status to answer instead, or a connection that is cut without an answer. Absent: only the delay. */
  answer?: number | 'hang_up'
  /** Wait this long before answering, in milliseconds. */
  delayMs?: number
  /** How many requests it hits (default 1). */
  times?: number
  /** Whether the failure is what the idempotency key replays from then on (default: no, a retry gets the true answer). */
  remembered?: boolean
}

export interface RequestFaults {
  add(fault: RequestFault): void
  clear(): void
  /** The fault that hits this request, used up by one. */
  take(method: string, path: string): RequestFault | null
}

export function createRequestFaults(): RequestFaults {
  let faults: { fault: RequestFault; left: number }[] = []
  return {
    add: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    clear() {
      faults = []
    },
    take(method, path) {
      const hit = faults.find(({ fault }) => (fault.method ?? method) === method && (fault.path?.test(path) ?? true))
      if (!hit) return null
      hit.left -= 1
      if (hit.left <= 0) faults = faults.filter((each) => each !== hit)
      return hit.fault
    },
  }
}
