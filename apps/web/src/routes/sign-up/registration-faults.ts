import { text } from './text.ts'

export interface Registration {
  name: string
  email: string
  password: string
}

export const registrationFields = ['name', 'email', 'password'] as const

const shortest = 12

/** What can be said before asking the server: what is missing, and a password that is plainly too short. */
export function registrationFaults({ name, email, password }: Registration): Partial<Record<keyof Registration, string>> {
  const faults: Partial<Record<keyof Registration, string>> = {}
  if (!name) faults.name = text.missing.name
  if (!email) faults.email = text.missing.email
  if ([...password.normalize('NFKC')].length < shortest) faults.password = text.missing.password
  return faults
}
