import type { ClusterPlace } from '../cluster/locate-cluster.ts'

/** Variables a PostgreSQL program needs; the rest stays out, our secrets above all and PG* settings of the person's own. */
const KEPT_VARIABLES = ['PATH', 'SystemRoot', 'TEMP', 'TMP']

/** How every program of the server's is started: as its account, in a folder that account can be in, without our environment. */
export function serverProcess({ home, user }: ClusterPlace) {
  const kept = KEPT_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    cwd: home,
    env: { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' } as NodeJS.ProcessEnv,
    windowsHide: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  }
}
