export const text = {
  notFound: {
    title: 'There is no such page',
    body: 'The address may be mistyped, or the page may have moved.',
    action: 'Go to the overview',
  },
  crash: {
    title: 'This page failed',
    body: 'Load it again. If it fails again, tell the people who run this service what you did, and the words below.',
    reload: 'Load again',
  },
}
