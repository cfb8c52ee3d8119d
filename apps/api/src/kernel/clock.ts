/** Where time comes from. Nothing of the domain asks the machine by itself. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. */
export function manualClock(start: Date | string): Clock & { set(to: Date | string): void; advance(milliseconds: number): void } {
  let present = new Date(start).getTime()
  return {
    now: () => new Date(present),
    set: (to) => {
      present = new Date(to).getTime()
    },
    advance: (milliseconds) => {
      present += milliseconds
    },
  }
}
