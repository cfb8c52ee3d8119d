import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `ask` gives what is wanted, and says what it gave instead when it did not in time. @returns milliseconds waited */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  wanted: (value: Value) => boolean,
  withinMs = 15_000,
): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const value = await ask()
    const waited = performance.now() - begun
    if (wanted(value)) return waited
    if (waited > withinMs) throw new Error(`After ${withinMs} ms it still was ${JSON.stringify(value)}`)
    await sleep(10)
  }
}
