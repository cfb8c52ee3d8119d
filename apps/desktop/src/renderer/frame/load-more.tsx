import { Button, Quantity } from '@tollkeeper/ui'

export interface LoadMoreProps {
  shown: number
  /** Absent where nobody counts them. */
  total?: number
  loading: boolean
  onMore: (() => void) | null
}

/** The foot of a paged list: how much of it is here, and the next page. */
export function LoadMore({ shown, total, loading, onMore }: LoadMoreProps) {
  if (onMore === null) return null
  return (
    <footer className="flex shrink-0 items-center gap-3 text-ink-muted">
      <Button size="small" busy={loading} onClick={onMore}>
        Show more
      </Button>
      <span className="tabular-nums">
        <Quantity value={shown} />{' '}
        {total === undefined ? (
          'shown'
        ) : (
          <>
            of <Quantity value={total} />
          </>
        )}
      </span>
    </footer>
  )
}
