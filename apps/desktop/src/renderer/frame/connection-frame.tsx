import { classNames } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import type { ConnectionView } from '../../bridge/state.ts'
import { edgeOf } from './connection-colour.ts'

/** The strip in the connection's colour; around the whole window when the server is production. */
export function ConnectionFrame({ connection, children }: { connection: ConnectionView | undefined; children: ReactNode }) {
  return (
    <div
      data-connection={connection?.id}
      className={classNames(
        'flex h-full flex-col border-t-[3px]',
        connection ? edgeOf[connection.colour] : 'border-transparent',
        connection?.environment === 'production' && 'border-x-[3px] border-b-[3px]',
      )}
    >
      {children}
    </div>
  )
}
