import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { attackerSteps } from './testing/story/attacker-steps.ts'
import { assertInvariants } from './testing/story/invariants.ts'
import { invitationSteps } from './testing/story/invitation-steps.ts'
import { ownerSteps } from './testing/story/owner-steps.ts'
import { newStory, openWorld, type World } from './testing/story/story.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(() => world[Symbol.asyncDispose]())

const steps = { ...attackerSteps, ...ownerSteps, ...invitationSteps }

/** Orders that are told whatever chance brings. */
const always: string[][] = [
  [
    'attacker registers the address',
    'owner makes an account with an invitation',
    'attacker finds the link of an invitation that is over',
    'owner comes by GitHub',
    'owner adds a passkey',
    'owner signs out',
    'owner comes by passkey',
  ],
  [
    'the address is brought in unproved, with the password of the attacker',
    'owner comes by Google',
    'owner makes an account with an invitation',
    'owner comes by the code of a mail',
    'attacker accepts the invitation of the owner',
    'owner accepts an invitation with their account',
    'the address is invited',
  ],
  [
    'the address is brought in unproved, with the password of the attacker',
    'owner resets the password',
    'owner comes by password',
    'the address is invited',
    'the invitation is revoked',
    'attacker finds the link of an invitation that is over',
    'owner accepts an invitation with their account',
  ],
  [
    'owner registers and proves it',
    'attacker asks for a sign-in mail',
    'attacker sends the code the owner was mailed with an attempt of their own',
    'owner comes by the link of a mail',
    'owner resets the password',
    'attacker links the address to an account of their own',
    'attacker asks to change to the address',
  ],
]

test('in whatever order an attacker, the owner of an address and who invites it act, the account is the owner’s, and nothing the attacker prepared lets them in', async () => {
  const order = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 4, maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(order, async (names) => {
      const story = newStory(world)
      for (const name of names) {
        await steps[name]!(story)
        await assertInvariants(story)
      }
    }),
    { numRuns: Number(process.env.WAYS_IN_RUNS ?? 25), examples: always.map((names): [string[]] => [names]) },
  )
}, 900_000)
