export interface DemoCompany {
  name: string
  owner: string
  email: string
  plan: 'free' | 'starter' | 'pro'
  /** Characters on an ordinary working day, thirty days ago and now. */
  from: number
  to: number
  /** How much of a working day a day of the weekend is. */
  weekend: number
}

/** Without accents: an address is to be typed on any keyboard. */
const plainLetters = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const company = (name: string, owner: string, plan: DemoCompany['plan'], from: number, to: number, weekend = 0.3): DemoCompany => ({
  name,
  owner,
  email: `${plainLetters(owner.split(' ')[0]!)}@${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`,
  plan,
  from,
  to,
  weekend,
})

/** A dozen tenants of a translation service: some grow, some shrink, one lives at its limit, one has stopped. */
export const demoCompanies: readonly DemoCompany[] = [
  company('Aurora Press', 'Ines Albrecht', 'pro', 180_000, 310_000),
  company('Baltic Freight', 'Jonas Kask', 'starter', 21_000, 26_000, 0.1),
  company('Cedar Clinic', 'Mona Haddad', 'starter', 9_000, 12_500, 0.6),
  company('Delta Games', 'Ravi Menon', 'pro', 96_000, 240_000, 1.2),
  company('Elm Street Books', 'Ruth Carver', 'free', 500, 900),
  company('Fjord Tours', 'Signe Holm', 'starter', 34_000, 48_000, 1.1),
  company('Granite Legal', 'Paul Okafor', 'pro', 120_000, 118_000, 0),
  company('Harbour Studio', 'Lin Wei', 'free', 300, 240),
  company('Indigo Textiles', 'Asha Patel', 'starter', 15_000, 4_000),
  company('Juniper Labs', 'Tomás Rivera', 'starter', 2_000, 41_000, 0.8),
  company('Kestrel News', 'Nora Quinn', 'pro', 260_000, 390_000, 0.9),
  company('Lantern School', 'Yuki Tanaka', 'free', 700, 0, 0),
]
