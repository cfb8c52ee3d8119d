export const text = {
  title: 'Your account will be deleted',
  before: 'You asked for it. On ',
  after: ' it is deleted, and everything about you with it. Until then nothing is lost.',
  keep: 'Keep my account',
  leave: 'Sign out',
}
