/** Waits, or less when the signal is aborted. A program may end while this waits. */
export function restFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const timer = setTimeout(stop, milliseconds) as ReturnType<typeof setTimeout> | number
    signal.addEventListener('abort', stop, { once: true })
    if (typeof timer === 'object') timer.unref()
  })
}
