import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

export interface Tab {
  value: string
  label: string
  /** How many things are inside. */
  count?: string
  content: ReactNode
}

export interface TabsProps {
  /** What the tabs are about, read aloud. */
  label: string
  tabs: readonly Tab[]
  value?: string
  /** Absent: the first tab. */
  defaultValue?: string
  onValueChange?: (value: string) => void
}

/** A few views of one thing, one at a time. Arrows move between the tabs. */
export function Tabs({ label, tabs, value, defaultValue = tabs[0]?.value, onValueChange }: TabsProps) {
  return (
    <Primitive.Root
      value={value}
      defaultValue={defaultValue}
      onValueChange={onValueChange}
      className="flex min-w-0 flex-col gap-stack"
    >
      <Primitive.List aria-label={label} className="flex gap-5 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px min-h-control shrink-0 whitespace-nowrap border-transparent border-b-2 text-ink-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count && <span className="ml-1.5 text-ink-muted text-xs tabular-nums">{tab.count}</span>}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="min-w-0 rounded-md">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
