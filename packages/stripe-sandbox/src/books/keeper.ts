/** Saves soon after a change. The more a save costs, the longer it waits for the next, so that saving takes a tenth of the time at most. */
export interface Keeper {
  changed(): void
  /** Saves now what is not saved yet. */
  flush(): void
}

const shortestWaitMs = 200

export function createKeeper(save: () => void, failed: (error: unknown) => void): Keeper {
  let timer: NodeJS.Timeout | null = null
  let waitMs = shortestWaitMs

  function timedSave(): void {
    timer = null
    const began = performance.now()
    save()
    waitMs = Math.max(shortestWaitMs, (performance.now() - began) * 10)
  }

  return {
    changed() {
      timer ??= setTimeout(() => {
        try {
          timedSave()
        } catch (error) {
          failed(error)
        }
      }, waitMs).unref()
    },
    flush() {
      if (!timer) return
      clearTimeout(timer)
      timedSave()
    },
  }
}
