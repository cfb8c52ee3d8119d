// rate-limiter-flexible on PostgreSQL, one key, behind as little HTTP as there can be.
import { createServer } from 'node:http'
import pg from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'

const pool = new pg.Pool({ connectionString: process.env.ADMIN_URL!, max: 16 })
const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
  const made: RateLimiterPostgres = new RateLimiterPostgres(
    { storeClient: pool, tableName: 'bench_rate_limit', points: 1_000_000_000, duration: 0 },
    (error) => (error ? reject(error) : resolve(made)),
  )
})

createServer(async (request, reply) => {
  for await (const _ of request);
  const allowed = request.method === 'GET' || (await limiter.consume('hot', 1)).remainingPoints >= 0
  const body = JSON.stringify({ allowed })
  reply.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}).listen(Number(process.env.PORT), '127.0.0.1')
