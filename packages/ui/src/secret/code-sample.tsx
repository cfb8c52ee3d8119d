import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { CopyButton, type CopyLabels } from '../action/copy-button.tsx'

export interface CodeVariant {
  /** The language or tool: "TypeScript", "Python", "curl". Unique within the sample. */
  label: string
  code: string
}

export interface CodeSampleProps {
  /** What the code does, read aloud: "First decision". */
  label: string
  variants: readonly CodeVariant[]
  copyLabels?: Partial<CopyLabels>
}

/** The same code in several languages, to be copied as it stands. */
export function CodeSample({ label, variants, copyLabels }: CodeSampleProps) {
  const [chosen, setChosen] = useState(variants[0]?.label ?? '')
  const current = variants.find((variant) => variant.label === chosen) ?? variants[0]
  return (
    <Tabs.Root value={current?.label} onValueChange={setChosen} className="min-w-0 overflow-hidden rounded-md border border-line">
      <div className="flex items-center justify-between gap-2 border-line border-b bg-surface-sunken pr-1.5 pl-3">
        <Tabs.List aria-label={label} className="flex gap-4 overflow-x-auto">
          {variants.map((variant) => (
            <Tabs.Trigger
              key={variant.label}
              value={variant.label}
              className="-mb-px h-10 whitespace-nowrap border-transparent border-b-2 text-ink-muted text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {variant.label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <CopyButton text={current?.code ?? ''} variant="quiet" size="small" labels={copyLabels} />
      </div>
      {variants.map((variant) => (
        <Tabs.Content
          key={variant.label}
          value={variant.label}
          className="overflow-x-auto bg-surface-raised focus-visible:-outline-offset-2"
        >
          <pre className="w-max min-w-full p-4 text-sm">
            <code>{variant.code}</code>
          </pre>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
