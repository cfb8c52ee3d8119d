import type { ReactNode } from 'react'

export interface KeyValue {
  label: string
  value: ReactNode
}

/** Facts about one thing: names on the left, values on the right; stacked where there is no room. */
export function KeyValueList({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className="flex flex-col divide-y divide-line">
      {items.map((item) => (
        <div
          key={item.label}
          className="flex min-h-row flex-col justify-center gap-x-4 py-1 sm:flex-row sm:items-center sm:justify-start"
        >
          <dt className="shrink-0 text-ink-muted sm:w-44">{item.label}</dt>
          <dd className="min-w-0 flex-1">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
