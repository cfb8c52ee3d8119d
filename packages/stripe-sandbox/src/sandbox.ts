import { createIdempotency, type Idempotency } from './api/idempotency.ts'
import { createRequestFaults, type RequestFaults } from './api/request-faults.ts'
import { type Ledger, openBooks } from './books/books.ts'
import { readDataFile, writeDataFile } from './books/data-file.ts'
import { createKeeper } from './books/keeper.ts'
import { createStore, type Store } from './books/store.ts'
import { type Logger, silent } from './logger.ts'
import { newId } from './objects/new-id.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { type Clock, createClock } from './time/clock.ts'
import { forgetOld, settle } from './time/settle.ts'
import { type Courier, createCourier } from './webhooks/courier.ts'
import { buildEndpoint } from './webhooks/endpoint.ts'

export interface SandboxOptions {
  /** Where people reach the hosted pages, without a trailing slash: `http://localhost:4000/_stripe`. */
  publicUrl?: string
  /** JSON file that keeps everything between runs; absent, nothing is kept. */
  dataFile?: string
  /** An endpoint that gets every event from the first one on. */
  webhook?: { url: string; secret: string }
  /** The real clock, in unix milliseconds. */
  now?: () => number
  logger?: Logger
  settings?: Partial<Settings>
  /** How webhooks are tried: 8 attempts, the second after 1 s, each further wait twice as long, 10 s for an answer. */
  delivery?: { attempts?: number; firstRetryMs?: number; timeoutMs?: number }
}

/** The whole pretend Stripe: what it knows, its clock, and its way to the endpoints. */
export interface Sandbox {
  readonly secretKey: string
  readonly ledger: Ledger
  readonly store: Store
  readonly clock: Clock
  readonly courier: Courier
  readonly faults: RequestFaults
  readonly idempotency: Idempotency
  readonly logger: Logger
  readonly realNow: () => number
  /** Where the hosted pages are; known only once the server listens, if no `publicUrl` was given. */
  publicUrl: string
  /** Moves the clock to `instant` (unix milliseconds) and lets everything that was due happen. */
  moveTo(instant: number): void
  /** Lets happen what real time has made due. */
  settle(): void
  close(): Promise<void>
}

const settleEveryMs = 5_000

/** Builds the state machine. It has no server of its own: see `sandboxApi` and `sandboxPages`. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { dataFile, logger = silent, now: realNow = Date.now } = options
  const saved = dataFile === undefined ? null : readDataFile(dataFile)
  const store = createStore(saved?.tables)
  const clock = createClock(realNow, saved?.clockAhead)
  const secretKey = saved?.secretKey ?? newId('sk_test_sandbox')
  const keeper = createKeeper(
    () => dataFile && writeDataFile(dataFile, { version: 1, secretKey, clockAhead: clock.ahead(), tables: store.snapshot() }),
    (error) => logger.error(`The sandbox could not save its data to ${dataFile}: ${String(error)}`),
  )
  const courier = createCourier({
    store,
    logger,
    attempts: options.delivery?.attempts ?? 8,
    firstRetryMs: options.delivery?.firstRetryMs ?? 1_000,
    timeoutMs: options.delivery?.timeoutMs ?? 10_000,
    changed: keeper.changed,
  })
  const sandbox: Sandbox = {
    secretKey,
    store,
    clock,
    courier,
    logger,
    realNow,
    faults: createRequestFaults(),
    idempotency: createIdempotency(store, realNow),
    publicUrl: options.publicUrl ?? '',
    ledger: openBooks({
      store,
      clock,
      settings: { ...defaultSettings, ...options.settings },
      links: {
        checkout: (id) => `${sandbox.publicUrl}/c/pay/${id}`,
        portal: (id) => `${sandbox.publicUrl}/p/session/${id}`,
        invoice: (id) => `${sandbox.publicUrl}/i/${id}`,
      },
      committed(events) {
        keeper.changed()
        courier.dispatch(events)
      },
    }),
    moveTo(instant) {
      clock.moveTo(instant)
      keeper.changed()
      sandbox.settle()
    },
    settle() {
      if (settle(sandbox.ledger) > 0) sandbox.ledger.transact({ id: null, idempotency_key: null }, forgetOld)
    },
    async close() {
      clearInterval(ticking)
      await courier.close()
      keeper.flush()
    },
  }
  const ticking = setInterval(() => {
    try {
      sandbox.settle()
    } catch (error) {
      logger.error(`The sandbox could not bring about what was due: ${String(error)}`)
    }
  }, settleEveryMs).unref()
  if (options.webhook) {
    const endpoint = { id: 'we_sandbox', ...options.webhook, enabledEvents: ['*'], description: 'Given at start', metadata: {} }
    sandbox.ledger.transact({ id: null, idempotency_key: null }, (books) =>
      books.record('webhookEndpoints', buildEndpoint(endpoint, books.now())),
    )
  }
  keeper.changed()
  courier.resume()
  return sandbox
}
