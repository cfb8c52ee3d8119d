export const text = {
  title: 'Act as a person',
  body: 'You were sent here by the console. For fifteen minutes this browser sees what the person sees, and can change nothing of theirs.',
  ends: 'Whoever is signed in here is signed out.',
  go: 'Open their account',
  noToken: { title: 'This link is not whole', body: 'Start again from the console.' },
  again: 'The link works once, within a minute. Start again from the console.',
}
