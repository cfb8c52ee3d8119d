/** The form an address is kept and compared in. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase()
}
