import { AppError } from '../../../kernel/app-error.ts'

interface TurnLimits {
  /** Most that are at work at once; fewer than there are connections, so that group commits always find one. */
  atOnce: number
  /** Most of them of one tenant: they wait for each other's balances anyway, and would keep others from a connection meanwhile. */
  atOnceOfTenant: number
  waiting: number
  waitingOfTenant: number
  /** What has waited this long is refused rather than begun. */
  patienceMs: number
}

interface Waiting {
  since: number
  begin(): void
  refuse(error: AppError): void
}

interface Line {
  atWork: number
  waiting: Waiting[]
}

/**
 * Lets transactions that are each for one tenant begin: first come, first served within a tenant, one of each in turn between tenants.
 * What would have to wait behind too many is refused at once.
 */
export class TenantTurns {
  #limits: TurnLimits
  /** The tenant whose turn was longest ago comes first. */
  #lines = new Map<string, Line>()
  #atWork = 0
  #waiting = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** @throws AppError quota.overloaded; what the work throws */
  async take<Result>(tenantId: string, work: () => Promise<Result>): Promise<Result> {
    await this.#turnOf(tenantId)
    try {
      return await work()
    } finally {
      this.#end(tenantId)
    }
  }

  #turnOf(tenantId: string): Promise<void> {
    const { waiting, waitingOfTenant } = this.#limits
    const line = this.#lines.get(tenantId) ?? { atWork: 0, waiting: [] }
    this.#lines.set(tenantId, line)
    if (line.waiting.length === 0 && this.#mayBegin(line)) {
      this.#begin(tenantId, line)
      return Promise.resolve()
    }
    if (this.#waiting >= waiting || line.waiting.length >= waitingOfTenant) return Promise.reject(overloaded())
    this.#waiting++
    return new Promise((begin, refuse) => line.waiting.push({ since: performance.now(), begin, refuse }))
  }

  #mayBegin({ atWork }: Line): boolean {
    return this.#atWork < this.#limits.atOnce && atWork < this.#limits.atOnceOfTenant
  }

  #begin(tenantId: string, line: Line): void {
    this.#atWork++
    line.atWork++
    this.#lines.delete(tenantId)
    this.#lines.set(tenantId, line)
  }

  #end(tenantId: string): void {
    const line = this.#lines.get(tenantId)!
    this.#atWork--
    line.atWork--
    if (line.atWork === 0 && line.waiting.length === 0) this.#lines.delete(tenantId)
    this.#beginNext()
  }

  #beginNext(): void {
    const since = performance.now() - this.#limits.patienceMs
    for (const [tenantId, line] of [...this.#lines]) {
      while (line.waiting.length > 0 && this.#mayBegin(line)) {
        const next = line.waiting.shift()!
        this.#waiting--
        if (next.since < since) {
          next.refuse(overloaded())
          continue
        }
        this.#begin(tenantId, line)
        next.begin()
        break
      }
      if (this.#atWork >= this.#limits.atOnce) return
    }
  }
}

function overloaded(): AppError {
  return new AppError('quota.overloaded', { retryAfterSeconds: 1 })
}
