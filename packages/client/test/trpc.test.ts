import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { initTRPC } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { expect, test } from 'vitest'
import { createApiClient } from '../src/trpc.ts'
import { allowed } from './support/samples.ts'

/** tRPC itself at the other end, with three procedures by the names of ours. */
async function startProcedures() {
  const t = initTRPC.create()
  const router = t.router({
    catalog: t.router({ plans: t.procedure.query(() => ({ plans: [] })) }),
    quota: t.router({ authorize: t.procedure.mutation(() => allowed), check: t.procedure.query(() => allowed) }),
  })
  const requests: IncomingMessage[] = []
  const server = createHTTPServer({
    router,
    basePath: '/trpc/',
    middleware: (request, _response, next) => {
      requests.push(request)
      next()
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const pathsOf = (requests: IncomingMessage[]) => requests.map(({ url }) => url?.split('?')[0]?.replace('/trpc/', '').split(','))

test('reads that are asked together travel together, ten at most', async () => {
  await using server = await startProcedures()
  const api = createApiClient({ url: server.url })
  await Promise.all(Array.from({ length: 12 }, () => api.catalog.plans.query()))
  expect(pathsOf(server.requests).map((paths) => paths?.length)).toEqual([10, 2])
})

test('decisions travel alone, whatever is asked beside them', async () => {
  await using server = await startProcedures()
  const api = createApiClient({ url: `${server.url}/` })
  const question = { feature: 'characters', amount: 800 }
  const [decision] = await Promise.all([
    api.quota.authorize.mutate(question),
    api.quota.check.query(question),
    api.quota.authorize.mutate(question),
    api.catalog.plans.query(),
    api.catalog.plans.query(),
  ])
  expect(decision).toEqual(allowed)
  expect(pathsOf(server.requests).sort()).toEqual([
    ['catalog.plans', 'catalog.plans'],
    ['quota.authorize'],
    ['quota.authorize'],
    ['quota.check'],
  ])
})

test('headers are asked for each time, and a change carries the key of its attempt', async () => {
  await using server = await startProcedures()
  let token = 'first'
  const api = createApiClient({ url: server.url, headers: async () => ({ authorization: `Bearer ${token}` }) })
  await api.catalog.plans.query()
  token = 'second'
  await api.quota.authorize.mutate({ feature: 'characters' }, { context: { idempotencyKey: 'attempt-1' } })
  const [read, change] = server.requests.map(({ headers }) => headers)
  expect(read).toMatchObject({ authorization: 'Bearer first' })
  expect(read?.['idempotency-key']).toBeUndefined()
  expect(change).toMatchObject({ authorization: 'Bearer second', 'idempotency-key': 'attempt-1' })
})
