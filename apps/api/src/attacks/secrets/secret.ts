import type { MovedClock } from '../../modules/auth/testing/authenticator.ts'
import type { Answer, Call, TestApp, TestPerson } from '../../testing/index.ts'

/** Something that opens a door to whoever has it. */
export interface Secret {
  name: string
  /** How a person comes by a fresh one, the way they do. */
  issue(app: TestApp, person: TestPerson, clock: MovedClock): Promise<string>
  /** The doors it is for, by their names in `doors`. Every other door must stay shut. */
  opens: readonly string[]
  /**
   * What comes of many who redeem it at once: `one` of them gets in; `all` get the very same answer out of it, as with a refresh
   * token whose answer was lost; null: it is shown with every call, and is not used up.
   */
  atOnce: 'one' | 'all' | null
  /** Whether it is about a person there already is, and so ends with what that person may. */
  personal: boolean
}

/** Somewhere a secret is presented. */
export interface Door {
  name: string
  /** The procedure behind it; null where it is how callers present themselves to every procedure. */
  procedure: string | null
  /** Presents it, with everything else as right as can be. */
  open(call: Call, secret: string, person: TestPerson): Promise<Answer>
}
