import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestApp } from './testing/index.ts'

const ports = vi.hoisted(() => ({ found: [] as number[] }))
vi.mock('./http/free-port.ts', async (importOriginal) => {
  const { freePort } = await importOriginal<typeof import('./http/free-port.ts')>()
  return { freePort: async (host: string) => ports.found.shift() ?? freePort(host) }
})

async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  return (other.address() as AddressInfo).port
}

test('where no port was asked for, one that another program took in the meantime is left to it', async () => {
  const taken = await takenPort()
  ports.found.push(taken)
  await using app = await startTestApp()
  expect(app.url).not.toContain(`:${taken}`)
  expect(app.services.publicUrl).not.toContain(`:${taken}`)
  expect((await app.call('GET', '//readyz')).status).toBe(200)
})

test('a port that was asked for is not exchanged for another', async () => {
  const taken = await takenPort()
  await expect(startTestApp({ environment: { PORT: String(taken) } })).rejects.toThrow(`Port ${taken} of 127.0.0.1 is taken`)
})
