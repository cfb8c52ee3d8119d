import { step } from './step.ts'
import type { Act, Heard, Known, World } from './world.ts'

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
 * once, from every world that may have been before; those that lead to the same world with the same acts left are one, as are acts
 * that are told apart by nothing.
 * @returns the worlds in which such orders end; none where no order explains the answers
 */
export function findWorlds(
  before: readonly World[],
  answered: readonly Answered[],
  { known, now }: { known: Known; now: number },
): World[] {
  const texts = answered.map((one) => JSON.stringify(one))
  const placeOf = new Map(answered.map((one, index) => [one, texts.indexOf(texts[index]!)]))
  let reached: Rest[] = before.map((world) => ({ world, left: answered }))
  for (let turn = 0; turn < answered.length; turn++) {
    const next = new Map<string, Rest>()
    for (const { world, left } of reached)
      for (const [index, { act, heard }] of left.entries())
        for (const after of step(world, act, heard, known, now)) {
          const rest = left.toSpliced(index, 1)
          next.set(`${nameOf(after)} ${rest.map((one) => placeOf.get(one)).join()}`, { world: after, left: rest })
        }
    reached = [...next.values()]
  }
  return reached.map(({ world }) => world)
}

/** The same text for the same world, in whatever order it came to be. */
function nameOf(world: World): string {
  return JSON.stringify(world, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
