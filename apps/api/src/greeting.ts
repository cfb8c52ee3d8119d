import type { Config } from './config/config.ts'
import { demoCompanies } from './demo/companies.ts'
import { DEMO_PASSWORD } from './demo/fill-demo.ts'
import type { RunningServer } from './start-server.ts'

/** What the first screen says: where everything is, how to come in, what to try. */
export function greeting(
  { services, operator }: RunningServer,
  config: Config,
  { milliseconds, demo }: { milliseconds: number; demo: boolean },
): string {
  const url = services.publicUrl
  const lines = [
    '',
    `  Tollkeeper is ready at ${url}  (${(milliseconds / 1000).toFixed(1)} s)`,
    '',
    `  Web client     ${url}`,
    `  API reference  ${url}/docs`,
    ...(config.production ? [] : [`  Mailbox        ${url}/dev/mailbox   every mail that would have been sent`]),
    '',
    `  Operator       ${operator.email}`,
    `  Password       ${operator.password ?? 'the one you set, or that the first start printed'}`,
    ...(demo ? ['', `  Demo           ${demoCompanies[0]!.email} and eleven others, password: ${DEMO_PASSWORD}`] : []),
    ...(config.production ? [] : firstSteps(url)),
    '',
    '  The console for operators: npm run console.  Stop with Ctrl-C.',
    '',
  ]
  return `${lines.join('\n')}\n`
}

function firstSteps(url: string): string[] {
  return [
    '',
    '  Try this',
    `    1. Register at ${url}/sign-up and open the link in the mailbox.`,
    '    2. Issue an API key, then ask for a decision:',
    `       curl ${url}/api/v1/authorize -H "Authorization: Bearer $TOLLKEEPER_API_KEY" \\`,
    `         -H 'Content-Type: application/json' -d '{"feature":"characters","amount":400}'`,
    '    3. Ask until it is refused, then choose a plan: the sandbox takes the payment, and the next request is allowed.',
  ]
}
