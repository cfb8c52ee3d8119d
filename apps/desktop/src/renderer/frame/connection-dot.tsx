import { classNames } from '@tollkeeper/ui'
import type { ConnectionColour } from '../../bridge/connection.ts'
import { fillOf } from './connection-colour.ts'

/** A connection's colour. Decoration: its name stands beside it. */
export function ConnectionDot({ colour }: { colour: ConnectionColour }) {
  return <span aria-hidden="true" className={classNames('inline-block size-2.5 shrink-0 rounded-full', fillOf[colour])} />
}
