import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { mintSecret } from '../../../../apps/api/src/modules/api-key/secret.ts'
import { residentMiB } from '../../machine/process-figures.ts'
import { startTollkeeper } from '../../stage/start-tollkeeper.ts'
import { keptPerKey } from './kept-per-key.ts'
import { cpu, type Finding, interleave, measureRound, ratio } from './measure.ts'
import { authorizeOrder, type Play } from './play.ts'

const FEW = 1_000
const MANY = 1_000_000
/** Of the many, so many are asked for: as many as a node remembers of a busy hour, and the load can hold. */
const ASKED = 40_000

/** What a million tenants with a key each cost a decision, against a thousand; and the memory of a node. */
export async function growth(play: Play): Promise<Finding[]> {
  const { generator, options, stage, cores } = play
  const hot = authorizeOrder(play)
  const { authorization: _, ...headers } = hot.headers
  const few = await addTenants(stage.adminUrl, 'few', FEW, FEW)
  await using small = await startTollkeeper(stage, 4749, cores)
  const base = residentMiB(small.pid)
  const askSmall = () => measureRound(generator, small, { ...hot, headers, secrets: few })
  for (let warm = 0; warm < 2; warm++) await askSmall()
  const before = residentMiB(small.pid)
  const many = await addTenants(stage.adminUrl, 'many', MANY, ASKED)
  const askLarge = () => measureRound(generator, small, { ...hot, headers, secrets: many })
  // every key of them once
  await generator.run({ ...hot, headers, secrets: many, port: small.port, seconds: 600, mostRequests: ASKED })
  const after = residentMiB(small.pid)
  const [fewRounds = [], manyRounds = []] = await interleave(
    [
      { name: 'few', round: askSmall },
      { name: 'many', round: askLarge },
    ],
    options.rounds,
  )
  const kept = await keptPerKey(stage.databaseUrl, many)
  const bytes = before === null || after === null ? null : ((after - before) * 1024 * 1024) / ASKED
  return [
    { what: `${MANY} tenants and keys ÷ ${FEW}, CPU per decision`, measured: ratio(manyRounds, fewRounds, cpu), goal: '≤ 1.15' },
    { what: 'bytes kept for each remembered key', measured: kept.key.toFixed(0), goal: '≤ 400' },
    { what: 'bytes kept for the tenant of each', measured: kept.tenant.toFixed(0), goal: '' },
    { what: 'bytes resident for both, before the collector comes', measured: bytes?.toFixed(0) ?? '–', goal: '' },
    { what: 'resident MiB of a node, idle', measured: base?.toFixed(0) ?? '–', goal: '≤ 200' },
  ]
}

/** Tenants on no plan but with a limit out of reach and a key each, as many at once as COPY takes. @returns the secrets of some */
async function addTenants(adminUrl: string, mark: string, count: number, asked: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const secrets: string[] = []
  try {
    const fill = (table: string, columns: string, line: (place: number) => string) => {
      const lines = Readable.from(
        (function* () {
          for (let place = 0; place < count; place++) yield line(place)
        })(),
      )
      return pipeline(lines, client.query(copyFrom(`copy ${table} (${columns}) from stdin`)))
    }
    const tenant = (place: number) => `ten_bench${mark}${place}`
    await fill('tenant', 'id, name, slug', (place) => `${tenant(place)}\tBench\tbench-${mark}-${place}\n`)
    await fill('api_key', 'tenant_id, id, name, prefix, last_four, hash, scopes', (place) => {
      const own = place < asked ? mintSecret() : null
      if (own) secrets.push(own.secret)
      const hash = own?.hash ?? createHash('sha256').update(`${mark}${place}`).digest('hex')
      return `${tenant(place)}\tkey_bench${mark}${place}\tbench\ttk_bench\tnone\t${hash}\t{decision:ask}\n`
    })
    await client.query(
      `insert into entitlement (tenant_id, feature_key, limit_units, cadence, plan_key, plan_version_id, source)
       select t.id, e.feature_key, 1000000000000, 'never', e.plan_key, e.plan_version_id, 'bench'
       from tenant t, (select * from entitlement where feature_key = 'characters' limit 1) e where t.id like $1`,
      [`ten_bench${mark}%`],
    )
    await client.query('analyze')
    return secrets
  } finally {
    await client.end()
  }
}
