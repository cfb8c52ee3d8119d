import { resolve } from 'node:path'
import { type ConfigurationFault, Environment, isProduction, missingVariables } from './env.ts'

export interface Config {
  production: boolean
  http: { host: string; port: number; publicUrl: string | null; bodyLimitBytes: number; trustedProxies: string[] }
  dataDir: string
  database: { url: string | null; poolSize: number; migrateOnBoot: boolean }
  log: { level: string }
  /** Whole months before the present one of which usage events are kept. */
  usage: { retentionMonths: number }
  mail: { smtpUrl: string | null; from: string }
  stripe: { secretKey: string; webhookSecrets: string[]; apiBase: string | null } | null
  github: { clientId: string; clientSecret: string; baseUrl: string | null } | null
  google: { clientId: string; clientSecret: string; discoveryUrl: string | null } | null
  firstOperator: { email: string | null; password: string | null }
  secret: string | null
}

/** Every fault of the environment at once, so that one round of mending is enough. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
  faults: ConfigurationFault[]

  constructor(faults: ConfigurationFault[]) {
    const lines = faults.map(({ variable, message }) => `  ${variable} ${message}`)
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}\nSee .env.example for every variable.`,
    )
    this.faults = faults
  }
}

/**
 * Turns environment variables into the configuration. An empty variable counts as absent.
 * @throws ConfigurationError with the name of every variable at fault
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(variables)) if (value) given[name] = value
  const parsed = Environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), message }))
  faults.push(...missingVariables(given))
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(firstOfEach(faults))
  return toConfig(parsed.data)
}

function toConfig(env: Environment): Config {
  const production = isProduction(env)
  return {
    production,
    http: {
      host: env.HOST,
      port: env.PORT,
      publicUrl: env.TOLLKEEPER_URL ?? null,
      bodyLimitBytes: 1_048_576,
      trustedProxies: env.TOLLKEEPER_TRUSTED_PROXIES ?? [],
    },
    dataDir: resolve(variablesBase(), env.TOLLKEEPER_DATA_DIR),
    database: { url: env.DATABASE_URL ?? null, poolSize: 8, migrateOnBoot: env.TOLLKEEPER_MIGRATE_ON_BOOT },
    log: { level: env.TOLLKEEPER_LOG_LEVEL ?? (production ? 'info' : 'warn') },
    usage: { retentionMonths: env.TOLLKEEPER_USAGE_RETENTION_MONTHS },
    mail: { smtpUrl: env.SMTP_URL ?? null, from: env.TOLLKEEPER_MAIL_FROM ?? 'Tollkeeper <no-reply@localhost>' },
    stripe: env.STRIPE_SECRET_KEY
      ? { secretKey: env.STRIPE_SECRET_KEY, webhookSecrets: env.STRIPE_WEBHOOK_SECRETS ?? [], apiBase: env.STRIPE_API_BASE ?? null }
      : null,
    github: env.GITHUB_CLIENT_ID
      ? { clientId: env.GITHUB_CLIENT_ID, clientSecret: env.GITHUB_CLIENT_SECRET ?? '', baseUrl: env.GITHUB_BASE_URL ?? null }
      : null,
    google: env.GOOGLE_CLIENT_ID
      ? {
          clientId: env.GOOGLE_CLIENT_ID,
          clientSecret: env.GOOGLE_CLIENT_SECRET ?? '',
          discoveryUrl: env.GOOGLE_DISCOVERY_URL ?? null,
        }
      : null,
    firstOperator: { email: env.TOLLKEEPER_OPERATOR_EMAIL ?? null, password: env.TOLLKEEPER_OPERATOR_PASSWORD ?? null },
    secret: env.TOLLKEEPER_SECRET ?? null,
  }
}

/** A relative data directory is meant from the top of the project, wherever the process was started. */
function variablesBase(): string {
  return resolve(import.meta.dirname, '../../../..')
}

/** One fault a variable: a secret that is too short need not be told that it is not random either. */
function firstOfEach(faults: ConfigurationFault[]): ConfigurationFault[] {
  return faults.filter((fault, index) => faults.findIndex(({ variable }) => variable === fault.variable) === index)
}
