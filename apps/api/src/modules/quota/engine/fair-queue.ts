interface Line<Item> {
  items: Item[]
  next: number
}

/** First come, first served within a tenant; between tenants one each in turn, so that none waits for another's thousands. */
export class FairQueue<Item extends { tenantId: string }> {
  #lines = new Map<string, Line<Item>>()
  #size = 0

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
  }

  /** Everything, when it is no more than `most`; else one of each tenant in turn until that many are taken. */
  take(most: number): Item[] {
    return this.#size <= most ? this.#takeAll() : this.#takeInTurn(most)
  }

  #takeAll(): Item[] {
    const all: Item[] = []
    for (const { items, next } of this.#lines.values())
      for (let index = next; index < items.length; index++) all.push(items[index]!)
    this.#lines.clear()
    this.#size = 0
    return all
  }

  #takeInTurn(most: number): Item[] {
    const taken: Item[] = []
    while (taken.length < most) {
      const [tenantId, line] = this.#lines.entries().next().value!
      taken.push(line.items[line.next++]!)
      this.#lines.delete(tenantId)
      if (line.next < line.items.length) this.#lines.set(tenantId, line)
    }
    this.#size -= taken.length
    return taken
  }
}
