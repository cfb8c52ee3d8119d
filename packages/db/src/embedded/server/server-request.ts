import type { ClusterPlace } from '../cluster/locate-cluster.ts'
import type { PlatformBinaries } from '../host/platform-binaries.ts'
import type { Holder } from './holders.ts'

/** Everything known about the server somebody wants running. */
export type ServerRequest = {
  place: ClusterPlace
  binaries: PlatformBinaries
  password: string
  holder: Holder
  durable: boolean
  port: number | undefined
  settings: Record<string, string>
  log: (line: string) => void
  startTimeoutMs: number
}
