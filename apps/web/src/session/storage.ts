/** A value kept by the browser. Where it keeps none (private windows, strict settings), the value lasts as long as the page. */
export interface Kept {
  read: () => string | null
  write: (value: string | null) => void
}

/** @param open names the storage late, because touching it throws where it is forbidden. */
export function kept(open: () => Storage, key: string): Kept {
  let memory: string | null = null
  return {
    read() {
      try {
        return open().getItem(key)
      } catch {
        return memory
      }
    },
    write(value) {
      memory = value
      try {
        if (value === null) open().removeItem(key)
        else open().setItem(key, value)
      } catch (error) {
        console.info(`${key} is not kept: this browser allows no storage.`, error)
      }
    },
  }
}
