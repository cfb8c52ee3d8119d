import type { Answers } from '../../src/api/answers.ts'

type Leaves<Branch, Path extends string = ''> = {
  [Name in keyof Branch & string]: Path extends '' ? Leaves2<Branch[Name], Name> : never
}[keyof Branch & string]
type Leaves2<Branch, Path extends string> = Branch extends object
  ? { [Name in keyof Branch & string]: readonly [`${Path}.${Name}`, Branch[Name]] }[keyof Branch & string]
  : never

/** `'apiKey.list'` → what it answers, for every procedure one router deep. */
type Flat = { [Entry in Leaves<Answers> as Entry[0]]: Entry[1] }

/** The same for what is two routers deep: a person's own account, and who belongs to a tenant. */
type Deep = {
  [Name in keyof Answers['auth']['account'] & string as `auth.account.${Name}`]: Answers['auth']['account'][Name]
} & {
  [Name in keyof Answers['auth']['session'] & string as `auth.session.${Name}`]: Answers['auth']['session'][Name]
} & {
  [Name in keyof Answers['auth']['challenge'] & string as `auth.challenge.${Name}`]: Answers['auth']['challenge'][Name]
} & {
  [Name in keyof Answers['auth']['secondFactor'] & string as `auth.secondFactor.${Name}`]: Answers['auth']['secondFactor'][Name]
} & {
  [Name in keyof Answers['auth']['stepUp'] & string as `auth.stepUp.${Name}`]: Answers['auth']['stepUp'][Name]
} & {
  [Name in keyof Answers['tenant']['member'] & string as `tenant.member.${Name}`]: Answers['tenant']['member'][Name]
} & {
  [Name in keyof Answers['tenant']['invitation'] & string as `tenant.invitation.${Name}`]: Answers['tenant']['invitation'][Name]
} & {
  [Name in keyof Answers['tenant']['security'] & string as `tenant.security.${Name}`]: Answers['tenant']['security'][Name]
} & {
  [Name in keyof Answers['auth']['passkey'] & string as `auth.passkey.${Name}`]: Answers['auth']['passkey'][Name]
} & {
  [Name in keyof Answers['auth']['provider'] & string as `auth.provider.${Name}`]: Answers['auth']['provider'][Name]
} & {
  [Name in keyof Answers['auth']['mail'] & string as `auth.mail.${Name}`]: Answers['auth']['mail'][Name]
}

/** Made-up answers by procedure. An answer the real procedure could not give does not compile. */
export type FakeAnswers = {
  [Path in keyof Flat]?: (input: never, tenantId: string) => Flat[Path] | Promise<Flat[Path]>
} & {
  [Path in keyof Deep]?: (input: never) => Deep[Path] | Promise<Deep[Path]>
} & {
  'auth.device.describe'?: () => Answers['auth']['device']['describe'] | Promise<never>
}
