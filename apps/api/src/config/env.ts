import { z } from 'zod'
import { isProxyRange } from './proxy-range.ts'

const WebAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address, for example https://accounts.example.com' })
  .transform((address) => address.replace(/\/+$/, ''))
const Flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

function commaSeparated(list: string): string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}

/** Every environment variable the server reads, by name. Nothing else reads the environment. */
export const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test'], 'must be development, production or test').optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(4000),
  TOLLKEEPER_URL: WebAddress.optional(),
  TOLLKEEPER_DATA_DIR: z.string().min(1).default('.data'),
  TOLLKEEPER_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; `openssl rand -base64 48` makes one')
    .refine((secret) => new Set(secret).size >= 12, 'must be a random one; `openssl rand -base64 48` makes one')
    .optional(),
  TOLLKEEPER_OPERATOR_EMAIL: z.email('must be an email address').optional(),
  TOLLKEEPER_OPERATOR_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(128).optional(),
  TOLLKEEPER_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
  TOLLKEEPER_MIGRATE_ON_BOOT: Flag.default(true),
  TOLLKEEPER_TRUSTED_PROXIES: z
    .string()
    .transform(commaSeparated)
    .pipe(z.array(z.string().refine(isProxyRange, 'each must be an address, or a range such as 10.0.0.0/8 that is not everything')))
    .optional(),
  TOLLKEEPER_USAGE_RETENTION_MONTHS: z.coerce
    .number('must be a number of months')
    .int('must be a whole number of months')
    .min(2, 'must be at least 2: usage may be reported 32 days late')
    .max(1_200)
    .default(13),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  TOLLKEEPER_MAIL_FROM: z.string().min(3).optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, 'must begin with sk_test_, sk_live_, rk_test_ or rk_live_')
    .optional(),
  STRIPE_WEBHOOK_SECRETS: z
    .string()
    .transform(commaSeparated)
    .pipe(z.array(z.string().startsWith('whsec_', 'each must begin with whsec_')).min(1))
    .optional(),
  STRIPE_API_BASE: WebAddress.optional(),
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  GITHUB_BASE_URL: WebAddress.optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_DISCOVERY_URL: WebAddress.optional(),
})

export type Environment = z.infer<typeof Environment>

/** A database of your own means production, unless NODE_ENV says otherwise: the strict mode is the one you get by forgetting. */
export function isProduction(env: { NODE_ENV?: string | undefined; DATABASE_URL?: string | undefined }): boolean {
  return env.NODE_ENV ? env.NODE_ENV === 'production' : env.DATABASE_URL !== undefined
}

export interface ConfigurationFault {
  variable: string
  message: string
}

const together = [
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
  ['GITHUB_CLIENT_SECRET', 'GITHUB_CLIENT_ID'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_SECRET', 'GOOGLE_CLIENT_ID'],
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRETS'],
] as const

const requiredInProduction = [
  ['DATABASE_URL', 'the embedded database is for trying and developing'],
  ['TOLLKEEPER_URL', 'mails and redirects lead there'],
  ['TOLLKEEPER_SECRET', 'it signs and seals; `openssl rand -base64 48` makes one'],
  ['STRIPE_SECRET_KEY', 'the sandbox moves no money'],
  ['SMTP_URL', 'the development mailbox can be read by anyone'],
] as const

/** How the keys of the payment sandbox begin. */
const SANDBOX_KEY = 'sk_test_sandbox'

/** What is missing, judged by the names alone, so that it is told beside the faults of the values. */
export function missingVariables(given: Record<string, string>): ConfigurationFault[] {
  const faults: ConfigurationFault[] = []
  for (const [present, missing] of together) {
    if (given[present] && !given[missing]) faults.push({ variable: missing, message: `must be set, because ${present} is` })
  }
  if (!isProduction(given)) return faults
  for (const [variable, why] of requiredInProduction) {
    if (!given[variable]) faults.push({ variable, message: `must be set in production: ${why}` })
  }
  if (given.STRIPE_SECRET_KEY?.startsWith(SANDBOX_KEY)) {
    faults.push({
      variable: 'STRIPE_SECRET_KEY',
      message: 'must be a key of Stripe in production: this one is of the sandbox, which moves no money',
    })
  }
  return faults
}
