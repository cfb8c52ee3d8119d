import { type QueueStore, QueueUnavailable } from '../../src/index.ts'

/** A queue that outlives the program that uses it, as a file does, and whose disk can be full. */
export class TestDisk {
  lines: string[] = []
  isFull = false

  /** The store of one program; after `end` nothing of it reaches the disk. */
  mount(): QueueStore & { end: () => void } {
    let isAlive = true
    const write = async (change: () => void): Promise<void> => {
      // the disk takes its time, so that others come in between
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (!isAlive) return new Promise(() => undefined)
      if (this.isFull) throw new QueueUnavailable('unwritable', 'The disk is full.')
      change()
    }
    return {
      open: async () => [...this.lines],
      append: (lines) => write(() => this.lines.push(...lines)),
      replace: (lines) =>
        write(() => {
          this.lines = [...lines]
        }),
      close: async () => undefined,
      end: () => {
        isAlive = false
      },
    }
  }
}
