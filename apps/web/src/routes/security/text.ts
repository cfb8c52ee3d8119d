export const text = {
  title: 'Security',
  description: (tenant: string) => `What ${tenant} asks of everyone who acts for it.`,
  demand: {
    title: 'Two-step sign-in',
    required: 'Required',
    optional: 'Not required',
    isRequired: 'Nobody acts here who has not signed in with two steps. API keys are no sign-ins and go on working.',
    isOptional:
      'Each member decides for themselves. Whoever finds out a password of one who has no second step can act here as them.',
    onlyManagers: 'An owner or an admin can change this.',
    require: 'Require two-step sign-in',
    release: 'No longer require it',
    ownFirst: 'Set up yours first',
    ownFirstBody: 'You cannot ask of others what you have not: you would lock yourself out.',
    ownFirstAct: 'Set up two-step sign-in',
  },
  asking: {
    on: {
      title: 'Require two-step sign-in',
      body: 'It holds at once, also for who is signed in now. API keys go on working.',
      missing: (count: number) =>
        count === 0
          ? 'Every member has a second step: nobody is held up.'
          : count === 1
            ? 'One member has no second step yet. Until they set it up they can do nothing here; they are shown how.'
            : `${count} members have no second step yet. Until they set it up they can do nothing here; they are shown how.`,
      act: 'Require it',
      done: 'Two-step sign-in is required',
    },
    off: {
      title: 'No longer require two-step sign-in',
      body: 'Members without a second step can act here again, at once. Who has one keeps it.',
      act: 'No longer require it',
      done: 'Two-step sign-in is no longer required',
    },
    cancel: 'Cancel',
  },
  without: {
    title: 'Members without a second step',
    table: 'Who has no second step',
    count: (total: number) => (total === 1 ? 'One member' : `${total} members`),
    heldUp: 'They can do nothing here until they set it up. When they come, they are shown how.',
    notYet: 'They would be held up if you required it. Tell them before you do.',
    empty: 'Every member has a second step.',
    columns: { name: 'Name', email: 'Email', role: 'Role', joined: 'Joined' },
    you: 'You',
  },
}
