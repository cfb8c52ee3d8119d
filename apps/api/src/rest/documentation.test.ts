import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testing/index.ts'
import { restProcedures } from './rest-procedures.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

interface Document {
  openapi: string
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown>; security: unknown[] }>>
  components: Record<string, Record<string, unknown>>
}

const documentOf = async () => (await app.call('GET', '/openapi.json')).body as Document

test('the document is OpenAPI 3.1 and holds exactly the routes that are served', async () => {
  const { openapi, paths } = await documentOf()
  expect(openapi).toBe('3.1.0')
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const declared = restProcedures().map(({ meta }) => `${meta.rest.method} ${meta.rest.path}`)
  expect(told.sort()).toEqual(declared.sort())
  for (const { meta } of restProcedures()) {
    const url = `/api/v1${meta.rest.path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    expect(app.server.app.hasRoute({ method: meta.rest.method, url }), `${meta.rest.method} ${url}`).toBe(true)
  }
})

test('every reference in the document leads somewhere in it', async () => {
  const document = await documentOf()
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!.split('/'))
  expect(references.length).toBeGreaterThan(10)
  for (const path of references) {
    const found = path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)
    expect(found, path.join('/')).toBeDefined()
  }
})

test('every operation says who may call it, and that a refusal is a problem', async () => {
  const { paths } = await documentOf()
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    expect(operation.security, operation.operationId).toBeInstanceOf(Array)
    expect(operation.responses, operation.operationId).toHaveProperty('default')
  }
})

test('the reference page asks no other host for anything', async () => {
  const page = await app.call('GET', '//docs')
  expect(page.status).toBe(200)
  expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await app.call('GET', '//docs/reference.js')).status).toBe(200)
})

test('every code of the error table has its place on the page that problems point to', async () => {
  const { body } = await app.call('GET', '/no/such/route')
  const { type } = body as { type: string }
  const [path, anchor] = type.split('#')
  expect((await app.call('GET', `/${path}`)).body).toContain(`id="${anchor}"`)
})
