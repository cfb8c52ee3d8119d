import { expect, test } from 'vitest'
import { type RunningMain, runMain } from './stand-in/run-main.ts'

const load = (main: RunningMain, url: string, init?: RequestInit) =>
  main.pages.protocols.get('tollkeeper-console')!(new Request(url, init))

test('the scheme has an origin and a secure context, and no privilege beyond that', async () => {
  await using main = await runMain()
  expect(main.recording.privilegedSchemes).toEqual([
    { scheme: 'tollkeeper-console', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  expect(main.window.url).toBe('tollkeeper-console://app/index.html')
})

test('the page comes with a policy that runs its own scripts only and connects to nothing', async () => {
  await using main = await runMain()
  const page = await load(main, 'tollkeeper-console://app/index.html')
  expect(page.status).toBe(200)
  const policy = page.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/)
  const html = await page.text()
  expect(html).not.toMatch(/<script(?![^>]*src=)/)
  const script = /src="\.(\/assets\/[^"]+)"/.exec(html)![1]
  const asset = await load(main, `tollkeeper-console://app${script}`)
  expect(asset.headers.get('content-type')).toContain('text/javascript')
})

test.each([
  'tollkeeper-console://app/../main/index.js',
  'tollkeeper-console://app/..%2fmain%2findex.js',
  'tollkeeper-console://app/%2e%2e/%2e%2e/package.json',
  'tollkeeper-console://app/..%5cmain%5cindex.js',
  'tollkeeper-console://app//etc/passwd',
  'tollkeeper-console://app/assets/%00.js',
  'tollkeeper-console://app/%E0%A4%A',
  'tollkeeper-console://app/',
  'tollkeeper-console://app/missing.js',
  'tollkeeper-console://evil/index.html',
])('%s is not served', async (url) => {
  await using main = await runMain()
  const answer = await load(main, url)
  expect([403, 404]).toContain(answer.status)
  expect(await answer.text()).toBe('')
})

test('only reading is served', async () => {
  await using main = await runMain()
  expect((await load(main, 'tollkeeper-console://app/index.html', { method: 'POST' })).status).toBe(403)
})
