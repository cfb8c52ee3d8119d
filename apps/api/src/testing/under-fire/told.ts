import type { Decision } from '@tollkeeper/shared'
import type { Ask } from './demand.ts'

interface GivenAnswer {
  ask: Ask
  allowed: boolean
  decisionId: string
  /** Everything of the answer that must not change. */
  text: string
}

/** What the clients were told. Nothing in it comes from the database. */
export class Told {
  /** Answers, repeated ones too. */
  answers = 0
  /** Answers to an id that had been answered before. */
  repeats = 0
  denials = 0
  /** Of balance by place: units of answers without an id, and the most that ids were given. */
  readonly unnamedUnits: number[]
  readonly named = new Map<string, GivenAnswer>()
  /** Ids that were answered in two ways. */
  readonly differing: { requestId: string; answers: [string, string] }[] = []

  constructor(places: number) {
    this.unnamedUnits = Array.from({ length: places }, () => 0)
  }

  note(ask: Ask, { allowed, decisionId, code, feature, amount, remaining, limit }: Decision): void {
    this.answers++
    if (!allowed) this.denials++
    if (ask.requestId === null) {
      if (allowed) this.unnamedUnits[ask.place]! += ask.amount
      return
    }
    const text = JSON.stringify({ allowed, decisionId, code, feature, amount, remaining, limit })
    const before = this.named.get(ask.requestId)
    if (!before) {
      this.named.set(ask.requestId, { ask, allowed, decisionId, text })
      return
    }
    this.repeats++
    if (before.text !== text) this.differing.push({ requestId: ask.requestId, answers: [before.text, text] })
  }

  /** Units the clients were told they may use, by balance. */
  units(): number[] {
    const units = [...this.unnamedUnits]
    for (const { ask, allowed } of this.named.values()) if (allowed) units[ask.place]! += ask.amount
    return units
  }
}
