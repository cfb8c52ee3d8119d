interface Line<Item> {
  items: Item[]
  next: number
}

/** First come, first served within a tenant; between tenants one each in turn, so that none waits for another's thousands. */
export class FairQueue<Item extends { tenantId: string; bytes: number }> {
  #lines = new Map<string, Line<Item>>()
  #size = 0
  #bytes = 0

  get size(): number {
    return this.#size
  }

  waitingOf(tenantId: string): number {
    const line = this.#lines.get(tenantId)
    return line ? line.items.length - line.next : 0
  }

  push(item: Item): void {
    const line = this.#lines.get(item.tenantId)
    if (line) line.items.push(item)
    else this.#lines.set(item.tenantId, { items: [item], next: 0 })
    this.#size++
    this.#bytes += item.bytes
  }

  /**
   * Everything, when it is no more than `most` and no larger than `mostBytes`; else one of each tenant in turn until one more would be
   * too many or too much. The first is always taken, however large it is.
   */
  take(most: number, mostBytes = Number.POSITIVE_INFINITY): Item[] {
    return this.#size <= most && this.#bytes <= mostBytes ? this.#takeAll() : this.#takeInTurn(most, mostBytes)
  }

  #takeAll(): Item[] {
    const all: Item[] = []
    for (const { items, next } of this.#lines.values())
      for (let index = next; index < items.length; index++) all.push(items[index]!)
    this.#lines.clear()
    this.#size = 0
    this.#bytes = 0
    return all
  }

  #takeInTurn(most: number, mostBytes: number): Item[] {
    const taken: Item[] = []
    let bytes = 0
    while (taken.length < most && this.#lines.size > 0) {
      const [tenantId, line] = this.#lines.entries().next().value!
      const item = line.items[line.next]!
      if (taken.length > 0 && bytes + item.bytes > mostBytes) break
      taken.push(item)
      bytes += item.bytes
      line.next++
      this.#lines.delete(tenantId)
      if (line.next < line.items.length) this.#lines.set(tenantId, line)
    }
    this.#size -= taken.length
    this.#bytes -= bytes
    return taken
  }
}
