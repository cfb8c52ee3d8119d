/** One question to the person at a time: whoever asks while it is open waits for the same answer. */
export interface ProofQuestion {
  subscribe: (listener: () => void) => () => void
  isOpen: () => boolean
  /** Asks. @returns false when the person turned away */
  ask: () => Promise<boolean>
  answer: (proved: boolean) => void
}

export function createProofQuestion(): ProofQuestion {
  const listeners = new Set<() => void>()
  let asked: { answered: Promise<boolean>; answer: (proved: boolean) => void } | null = null
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isOpen: () => asked !== null,
    ask: () => {
      if (!asked) {
        const { promise, resolve } = Promise.withResolvers<boolean>()
        asked = { answered: promise, answer: resolve }
        tell()
      }
      return asked.answered
    },
    answer: (proved) => {
      asked?.answer(proved)
      asked = null
      tell()
    },
  }
}
