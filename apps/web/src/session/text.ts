export const text = {
  waiting: 'Loading',
  noTenant: {
    title: 'You belong to no tenant yet',
    body: 'A tenant holds keys, usage and a plan. Create one, or ask somebody to add you to theirs.',
  },
}
