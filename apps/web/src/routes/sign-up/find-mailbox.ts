/** Where a development server keeps its mail. */
export const mailboxPath = '/dev/mailbox'

/**
 * Whether this server shows its mail. Asked only on this machine: a server that others reach has no such page, and asking would
 * leave a failed request in the browser's log.
 */
export async function findMailbox(): Promise<boolean> {
  if (!isThisMachine(window.location.hostname)) return false
  const answer = await fetch(mailboxPath, { method: 'HEAD' })
  return answer.ok
}

/** Whether a host name of the address bar means the machine the browser runs on. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}
