import { Button, DataTable, type DataTableProps } from '@tollkeeper/ui'
import { FailureNotice } from './failure-notice.tsx'
import { text } from './text.ts'
import type { Pages } from './use-pages.ts'

/** A table over a paged list, in each of its states: on its way, empty, full, failed, and more to come. */
export function PagedTable<Row>({ pages, ...table }: { pages: Pages<Row> } & Omit<DataTableProps<Row>, 'rows'>) {
  if (pages.error && !pages.rows) return <FailureNotice error={pages.error} onRetry={pages.reload} />
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <DataTable {...table} rows={pages.rows} />
      {pages.error ? <FailureNotice error={pages.error} onRetry={pages.reload} /> : null}
      {pages.hasMore && (
        <div className="flex justify-center">
          <Button busy={pages.loadingMore} onClick={pages.loadMore}>
            {text.more}
          </Button>
        </div>
      )}
    </div>
  )
}
