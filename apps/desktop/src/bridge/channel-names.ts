/** The names alone, for the preload script: it carries no validation and no library. */
export const channelNames = [
  'console.state',
  'console.theme',
  'connections.probe',
  'connections.add',
  'connections.change',
  'connections.remove',
  'connections.choose',
  'session.start',
  'session.openBrowser',
  'session.cancel',
  'session.end',
  'server.call',
  'server.mailbox',
  'server.impersonate',
  'links.open',
] as const

/** What the main process tells the window without being asked. */
export const eventNames = ['state.changed', 'menu.command'] as const
