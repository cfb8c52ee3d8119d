import { useQuery } from '@tanstack/react-query'
import type { InvoiceView } from '@tollkeeper/shared'
import { type Column, DataTable, DateTime, EmptyState, Money, StatusBadge, type StatusTone } from '@tollkeeper/ui'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Panel } from '../../shell/panel.tsx'
import { textLink } from '../../shell/text-link.ts'
import { text } from './text.ts'

const tones: Record<InvoiceView['status'], StatusTone> = {
  draft: 'neutral',
  open: 'warning',
  paid: 'allowed',
  void: 'neutral',
  uncollectible: 'denied',
}

const columns: Column<InvoiceView>[] = [
  {
    key: 'number',
    header: text.columns.number,
    cell: ({ number, createdAt }) => (
      <span className="flex flex-col whitespace-nowrap">
        {number ?? text.draft}
        <span className="text-ink-muted text-sm sm:hidden">
          <DateTime value={createdAt} />
        </span>
      </span>
    ),
  },
  { key: 'date', header: text.columns.date, cell: ({ createdAt }) => <DateTime value={createdAt} />, wideOnly: true },
  {
    key: 'status',
    header: text.columns.status,
    cell: ({ status }) => <StatusBadge tone={tones[status]}>{text.invoiceStatuses[status]}</StatusBadge>,
  },
  { key: 'total', header: text.columns.total, cell: ({ total }) => <Money {...total} />, numeric: true },
  { key: 'paid', header: text.columns.paid, cell: ({ amountPaid }) => <Money {...amountPaid} />, numeric: true, wideOnly: true },
  { key: 'links', header: text.columns.links, cell: (invoice) => <InvoiceLinks invoice={invoice} />, numeric: true },
]

/** The invoices, newest first. */
export function Invoices() {
  const trpc = useTRPC()
  const invoices = useQuery(trpc.billing.invoices.queryOptions())
  return (
    <Panel title={text.invoices}>
      {invoices.error && <FailureNotice error={invoices.error} onRetry={() => void invoices.refetch()} />}
      {(invoices.data || !invoices.error) && (
        <DataTable
          label={text.invoiceTable}
          columns={columns}
          rows={invoices.data?.invoices}
          rowKey={({ id }) => id}
          skeletonRows={3}
          empty={<EmptyState>{text.noInvoices}</EmptyState>}
        />
      )}
    </Panel>
  )
}

function InvoiceLinks({ invoice }: { invoice: InvoiceView }) {
  const name = invoice.number ?? invoice.id
  return (
    <span className="inline-flex gap-x-3 max-sm:flex-col">
      {invoice.hostedUrl !== null && (
        <a className={textLink} href={invoice.hostedUrl} target="_blank" rel="noreferrer" aria-label={text.hostedOf(name)}>
          {text.hosted}
        </a>
      )}
      {invoice.pdfUrl !== null && (
        <a className={textLink} href={invoice.pdfUrl} target="_blank" rel="noreferrer" aria-label={text.pdfOf(name)}>
          {text.pdf}
        </a>
      )}
    </span>
  )
}
