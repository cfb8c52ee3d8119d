/**
 * Equal values kept once, however many refer to them. They are never changed. When there are too many all are let go: then the same
 * is kept twice for a while, which costs memory and nothing else.
 */
export class Interned<Value> {
  #capacity: number
  #values = new Map<string, Value>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The value that this text stands for; made where there is none. */
  of(text: string, make: () => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) return known
    if (this.#values.size >= this.#capacity) this.#values.clear()
    const value = make()
    this.#values.set(text, value)
    return value
  }
}
