import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { eventually } from './testing/eventually.ts'
import { startTestApp } from './testing/index.ts'

const readme = readFileSync(resolve(import.meta.dirname, '../../../README.md'), 'utf8')
const fiveMinutes = readme.slice(readme.indexOf('## Five minutes'), readme.indexOf('## What is in it'))
const commands = [...fiveMinutes.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]!)
const hasCurl = isThere('curl') && isThere('bash')
if (!hasCurl) console.info("The README's commands were not typed: they take bash and curl.")

test.runIf(hasCurl)(
  'the five-minute path leads where the README says, typed as it is written',
  async () => {
    await using app = await startTestApp({ background: true })
    const type = async (script: string) => {
      const { stdout } = await promisify(execFile)('bash', [
        '-euo',
        'pipefail',
        '-c',
        script.replaceAll('localhost:4000', new URL(app.url).host),
      ])
      return stdout
    }
    const [register, key, ask, upgrade] = commands as [string, string, string, string]
    const before = `${register}\n${key}`
    const output = await type(`${before}\n${ask}\necho\n${ask}\necho\n${upgrade}\necho\necho "$TOLLKEEPER_API_KEY"`)
    expect(output).toContain('"status":"check_your_mail"')
    const lines = output.split('\n').filter((line) => line !== '')
    const [allowed, denied, checkout, secret] = lines.slice(-4) as [string, string, string, string]
    expect(JSON.parse(allowed.slice(allowed.indexOf('{"allowed"')))).toMatchObject({ allowed: true, remaining: 200 })

    const told = JSON.parse(/```json\n([\s\S]*?)```/.exec(fiveMinutes)![1]!)
    const { decisionId, resetsAt, remedies, ...same } = JSON.parse(denied)
    expect(decisionId).toMatch(/^dec_/)
    expect(same).toEqual(Object.fromEntries(Object.entries(told).filter(([name]) => name in same)))
    const kinds = (list: { kind: string }[]) => list.map(({ kind }) => kind)
    expect(kinds(remedies)).toEqual(kinds(told.remedies))
    expect(Date.parse(resetsAt)).toBeGreaterThan(Date.now())

    const { url } = JSON.parse(checkout) as { url: string }
    app.server.sandbox!.control.completeCheckout(url.split('/').at(-1)!)
    const again = () => type(`TOLLKEEPER_API_KEY=${secret}\n${ask}`)
    await eventually(
      async () => JSON.parse(await again()) as { allowed: boolean },
      ({ allowed: now }) => now,
    )
  },
  60_000,
)

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
