import { Link } from '@tanstack/react-router'
import { Button, EmptyState } from '@tollkeeper/ui'

/** For an address inside the console that leads nowhere. */
export function NoScreen() {
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        action={
          <Button asChild>
            <Link to="/">Go to the overview</Link>
          </Button>
        }
      >
        There is no such screen. It may have belonged to a connection that was removed.
      </EmptyState>
    </div>
  )
}
