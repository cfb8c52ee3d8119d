import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const planted: [file: string, imported: string, allowed: boolean][] = [
  ['packages/shared/src/a.ts', '@tollkeeper/db', false],
  ['packages/shared/src/b.ts', 'zod', true],
  ['packages/db/src/a.ts', '@tollkeeper/client', false],
  ['packages/db/src/b.ts', '@tollkeeper/shared', true],
  ['packages/ui/src/a.ts', '@trpc/client', false],
  ['packages/ui/src/b.ts', '@tollkeeper/shared', false],
  ['packages/client/src/a.ts', '@tollkeeper/db', false],
  ['packages/client/src/b.ts', '@tollkeeper/api/router', true],
  ['packages/stripe-sandbox/src/a.ts', '@tollkeeper/shared', false],
  ['apps/web/src/a.ts', '@tollkeeper/api', false],
  ['apps/web/src/b.ts', '@tollkeeper/client', true],
  ['apps/desktop/src/main/a.ts', '@tollkeeper/db', false],
  ['apps/api/src/kernel/a.ts', '../modules/auth/index.ts', false],
  ['apps/api/src/kernel/b.ts', '../config/config.ts', true],
  ['apps/api/src/trpc/a.ts', '../modules/auth/index.ts', false],
  ['apps/api/src/modules/quota/a.ts', '../billing/subscribe.ts', false],
  ['apps/api/src/modules/quota/b.ts', '../billing/index.ts', true],
  ['apps/api/src/modules/quota/c.ts', '../../http/errors.ts', false],
  ['apps/api/src/modules/quota/d.ts', './engine/flush.ts', true],
  ['apps/api/src/modules/quota/engine/a.ts', '../../billing/subscribe.ts', false],
  ['apps/api/src/modules/quota/engine/b.ts', '../../billing/index.ts', true],
  ['apps/api/src/modules/quota/engine/c.ts', '../decision/steps.ts', true],
  ['apps/api/src/modules/quota/engine/d.ts', '../../../kernel/clock.ts', true],
  ['apps/api/src/modules/audit/a.ts', '../billing/index.ts', false],
  ['apps/api/src/modules/audit/b.ts', '../../kernel/clock.ts', true],
  ['apps/api/src/http/a.ts', '../modules/auth/login.ts', false],
  ['apps/api/src/http/b.ts', '../modules/auth/index.ts', true],
  ['apps/api/src/rest/a.ts', '../app.ts', false],
]

const folder = mkdtempSync(join(tmpdir(), 'tollkeeper-zones-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('an import against the arrows is a lint error, and one along them is not', () => {
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const [file, imported] of planted) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, file), `import { a } from '${imported}'\nexport const b = a\n`)
  }
  const refused = refusedFiles()
  expect(planted.map(([file, imported]) => [file, imported, !refused.has(file)])).toEqual(planted)
})

function refusedFiles(): Set<string> {
  const args = [
    'lint',
    '--vcs-enabled=false',
    '--only=style/noRestrictedImports',
    '--max-diagnostics=200',
    '--reporter=github',
    '.',
  ]
  let output = ''
  try {
    output = execFileSync(join(root, 'node_modules/.bin/biome'), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    output = String((error as { stdout?: string }).stdout)
  }
  return new Set([...output.matchAll(/file=([^,]+),/g)].map((match) => relative(folder, match[1]!)))
}
