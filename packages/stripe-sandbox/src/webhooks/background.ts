/** Work that goes on behind the answers: at once and in order by lane, or after a wait. */
export interface Background {
  inOrder(lane: string, work: () => Promise<void>): void
  later(delayMs: number, work: () => Promise<void>): void
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
  closed(): boolean
  /** Gives up what waits and lets what runs finish. */
  close(): Promise<void>
}

export function createBackground(): Background {
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const lanes = new Map<string, Promise<void>>()
  let waiters: (() => void)[] = []
  let isClosed = false

  function track(promise: Promise<void>): Promise<void> {
    const tracked = promise.finally(() => {
      running.delete(tracked)
      wakeWhenIdle()
    })
    running.add(tracked)
    return tracked
  }

  function wakeWhenIdle(): void {
    if (timers.size > 0 || running.size > 0) return
    const awake = waiters
    waiters = []
    for (const wake of awake) wake()
  }

  return {
    inOrder(lane, work) {
      const before = lanes.get(lane) ?? Promise.resolve()
      lanes.set(lane, track(before.then(() => (isClosed ? undefined : work()))))
    },
    later(delayMs, work) {
      if (isClosed) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        void track(work())
      }, delayMs)
      // A wait must not keep the process alive: what is left is taken up at the next start.
      timer.unref()
      timers.add(timer)
    },
    idle: () =>
      new Promise((resolve) => {
        waiters.push(resolve)
        wakeWhenIdle()
      }),
    closed: () => isClosed,
    async close() {
      isClosed = true
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      await Promise.all(running)
      wakeWhenIdle()
    },
  }
}
