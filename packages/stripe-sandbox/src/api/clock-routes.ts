import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Sandbox } from '../sandbox.ts'
import { refused } from './api-error.ts'

const Advance = z.strictObject({ seconds: z.int().min(1) })
const SetTime = z.strictObject({ time: z.iso.datetime() })

/** The clock over HTTP, for programs that do not run the sandbox in their own process. JSON in, JSON out. */
export function clockRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/_sandbox/clock', (_request, reply) => tell(reply, sandbox))

  app.post('/_sandbox/clock/advance', (request, reply) => {
    const { seconds } = read(Advance, request.body, 'Send {"seconds": 3600}: how far to move the clock.')
    sandbox.moveTo(sandbox.clock.now() + seconds * 1000)
    return tell(reply, sandbox)
  })

  app.post('/_sandbox/clock/set', (request, reply) => {
    const { time } = read(SetTime, request.body, 'Send {"time": "2027-01-31T12:00:00Z"}: the moment to move the clock to.')
    try {
      sandbox.moveTo(new Date(time).getTime())
    } catch (error) {
      throw error instanceof RangeError ? refused(error.message, { param: 'time' }) : error
    }
    return tell(reply, sandbox)
  })
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown, hint: string): z.output<Schema> {
  const result = schema.safeParse(decode(body))
  if (!result.success) throw refused(hint)
  return result.data
}

function decode(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return null
  }
}

function tell(reply: FastifyReply, { clock }: Sandbox): FastifyReply {
  const now = clock.now()
  return reply
    .header('content-type', 'application/json')
    .send(JSON.stringify({ now: new Date(now).toISOString(), unix: Math.floor(now / 1000), ahead_ms: clock.ahead() }))
}
