import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testing/index.ts'
import { restProcedures } from './rest-procedures.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** Each route, and its path with every parameter filled in. */
const routes = restProcedures().map(({ meta }) => ({
  method: meta.rest.method as string,
  pattern: new RegExp(`^${meta.rest.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  path: meta.rest.path.replaceAll(/\{\w+\}/g, 'x'),
}))
const allowedAt = (path: string) => {
  const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
  return [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].sort()
}

test.each([...new Set(routes.map(({ path }) => path))])(
  '%s says with which methods it can be asked to one that comes with another',
  async (path) => {
    const allowed = allowedAt(path)
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allowed.includes(method))
    expect(others).not.toEqual([])
    for (const method of others) {
      const { status, body, headers } = await app.call(method, `${path}?a=b`)
      expect([method, status, (body as { code: string }).code]).toEqual([method, 405, 'route.method_not_allowed'])
      expect(headers.get('allow')).toBe(allowed.join(', '))
    }
  },
)

test('a path of no route is not there with any method', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) expect((await app.call(method, '/no/such/route')).status).toBe(404)
})
