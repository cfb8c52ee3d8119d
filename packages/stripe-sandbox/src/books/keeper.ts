/** Saves soon after a change, and not more often than once per `delayMs`. */
export interface Keeper {
  changed(): void
  /** Saves now what is not saved yet. */
  flush(): void
}

export function createKeeper(save: () => void, failed: (error: unknown) => void, delayMs = 200): Keeper {
  let timer: NodeJS.Timeout | null = null
  return {
    changed() {
      timer ??= setTimeout(() => {
        timer = null
        try {
          save()
        } catch (error) {
          failed(error)
        }
      }, delayMs).unref()
    },
    flush() {
      if (!timer) return
      clearTimeout(timer)
      timer = null
      save()
    },
  }
}
