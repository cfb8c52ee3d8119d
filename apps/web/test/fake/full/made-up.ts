/** Moments and ids that are made up, the same throughout one run. */
export const minute = 60_000
export const day = 24 * 60 * minute
const now = Date.now()
export const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString()
export const inFuture = (milliseconds: number) => new Date(now + milliseconds).toISOString()
export const id = (prefix: string, number: number) => `${prefix}_06f4kzs8m2v1c9q7e3r5t0${String(number).padStart(4, '0')}`

export const user = {
  id: id('usr', 1),
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada Lovelace',
  avatar: null,
  status: 'active' as const,
  operatorRole: null,
  deletesAt: null,
  createdAt: ago(90 * day),
}
export const tenants = [
  { id: id('ten', 1), name: 'Ada Lovelace', slug: 'ada', role: 'owner' as const },
  { id: id('ten', 2), name: 'Acme Translations', slug: 'acme', role: 'admin' as const },
]
