import { type Act, type Heard, type Known, step, type World } from './reference-model.ts'

export interface Answered {
  act: Act
  heard: Heard
}

interface Rest {
  world: World
  left: readonly Answered[]
}

/**
 * Acts that ran at the same time must have been answered as if they had come one after another, in some order. Follows all orders at
 * once, from every world that may have been before; those that lead to the same world with the same acts left are one.
 * @returns the worlds in which such orders end; none where no order explains the answers
 */
export function findWorlds(
  before: readonly World[],
  answered: readonly Answered[],
  { known, now }: { known: Known; now: number },
): World[] {
  let reached: Rest[] = before.map((world) => ({ world, left: answered }))
  for (let turn = 0; turn < answered.length; turn++) {
    const next = new Map<string, Rest>()
    for (const { world, left } of reached)
      for (const [index, { act, heard }] of left.entries()) {
        const after = step(world, act, heard, known, now)
        if (!after) continue
        const rest = left.toSpliced(index, 1)
        next.set(`${nameOf(after)} ${rest.map((one) => answered.indexOf(one)).join()}`, { world: after, left: rest })
      }
    reached = [...next.values()]
  }
  return reached.map(({ world }) => world)
}

/** The same text for the same world, in whatever order it came to be. */
function nameOf({ terms, accounts, holds, answers, events }: World): string {
  return JSON.stringify([
    terms,
    ...[accounts, holds, answers, events].map((part) => Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))),
  ])
}
