import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Checks a password against a bcrypt hash in a thread of its own. It is written in JavaScript, so it runs wherever the server does, and
 * would hold up every other request; a person is checked this way once, then their password has a hash of ours.
 */
export async function verifyBcrypt(hash: string, password: string): Promise<boolean> {
  const worker = new Worker(new URL('./bcrypt-worker.ts', import.meta.url), { workerData: { hash, password } })
  try {
    const [fits] = (await once(worker, 'message')) as [boolean]
    return fits
  } finally {
    await worker.terminate()
  }
}
