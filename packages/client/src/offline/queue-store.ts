/**
 * Where what was let through waits until it is reported. `queueFile` of `@tollkeeper/client/node` keeps it in a file; write your
 * own for another place. One client at a time owns a store, and calls its methods one after another.
 */
export interface QueueStore {
  /** Takes hold of the store, and answers the lines that are in it. @throws QueueUnavailable */
  open(): Promise<string[]>
  /** Adds lines. Once this is done they outlive a crash; when it throws, none of them is there. @throws QueueUnavailable */
  append(lines: readonly string[]): Promise<void>
  /** Puts these lines in the place of all that are there, whole or not at all. @throws QueueUnavailable */
  replace(lines: readonly string[]): Promise<void>
  /** Lets go of the store. */
  close(): Promise<void>
}

/** A queue that lives as long as the program: for browsers, tests, and apps that can bear to forget. */
export function memoryQueue(): QueueStore {
  let kept: string[] = []
  return {
    open: async () => [...kept],
    append: async (lines) => {
      kept.push(...lines)
    },
    replace: async (lines) => {
      kept = [...lines]
    },
    close: async () => undefined,
  }
}
