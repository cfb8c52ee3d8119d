/** A failure as the window shows it: what happened, what to do next, and what to quote. */
export interface Failure {
  /** From the server's error table, or `console.…` when the console itself found it. */
  code: string
  title: string
  next: string
  requestId: string | null
  /** What is wrong with which field of the request, where the server says so. */
  faults?: readonly { path: string; message: string }[]
}

/** What crosses the bridge: errors lose their properties on the way, so failures travel as data. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: Failure }

/** Failures the console finds by itself. */
export const consoleFailures = {
  'console.address_invalid': row(
    'This is not the address of a server.',
    'Enter it like https://accounts.example.com, without a path.',
  ),
  'console.address_insecure': row(
    'Plain http would show your sign-in to the network.',
    'Use https; http is for servers on this machine only.',
  ),
  'console.address_taken': row('There is a connection to this server already.', 'Open it from the list of connections.'),
  'console.server_unreachable': row(
    'The server does not answer.',
    'Check that it runs and that this machine can reach it, then try again.',
  ),
  'console.server_timeout': row('The server takes too long to answer.', 'Try again in a moment.'),
  'console.not_tollkeeper': row(
    'What answers at this address is not a Tollkeeper server.',
    'Check the address and the port; a proxy in between may answer in its place.',
  ),
  'console.address_differs': row(
    'The server names another address for the approval than the one of this connection.',
    'Connect to the address the server calls its own (TOLLKEEPER_URL), or correct that setting.',
  ),
  'console.connection_unknown': row('There is no such connection.', 'Choose one from the list of connections.'),
  'console.signed_out': row('You are signed out of this server.', 'Sign in again.'),
  'console.not_operator': row(
    'This account is not an operator of this server.',
    'Sign in as an operator, or ask one to give you the role.',
  ),
  'console.sign_in_expired': row('Nobody approved the sign-in in time.', 'Start again.'),
  'console.procedure_refused': row('The window may not call this procedure.', 'This is a fault of the console; report it.'),
  'console.link_refused': row(
    'The console does not open this address.',
    'It opens pages of your connected servers and of Stripe. Copy the address if you trust it.',
  ),
  'console.browser_failed': row('The system browser did not open.', 'Open the address yourself; it can be copied.'),
  'console.sender_refused': row('A page that is not the console asked.', 'This is a fault of the console; report it.'),
  'console.input_invalid': row('The request to the console has faults.', 'This is a fault of the console; report it.'),
  'console.internal': row('Something failed in the console.', 'Try again; if it stays, restart the console and report it.'),
} as const satisfies Record<string, { title: string; next: string }>

export type ConsoleFailureCode = keyof typeof consoleFailures

/** A failure of the console's own table, with what was special about it this time. */
export function consoleFailure(code: ConsoleFailureCode, detail?: string): Failure {
  const { title, next } = consoleFailures[code]
  return { code, title: detail ? `${title} ${detail}` : title, next, requestId: null }
}

function row(title: string, next: string): { title: string; next: string } {
  return { title, next }
}
