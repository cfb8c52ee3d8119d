export const text = {
  waiting: 'Loading',
  secondFactorAsked: {
    title: (tenant: string) => `${tenant} asks for two-step sign-in`,
    setUp: {
      body: 'Whoever acts here signs in with two steps, and you have no second one yet. Set it up, which takes a minute; then you come back to this page.',
      act: 'Set up two-step sign-in',
    },
    signInAgain: {
      body: 'You have a second step, but this sign-in was without it. Sign in again with both; then you come back to this page.',
      act: 'Sign in again',
    },
  },
  noTenant: {
    title: 'You belong to no tenant yet',
    body: 'A tenant holds keys, usage and a plan. Create one, or ask somebody to add you to theirs.',
  },
}
