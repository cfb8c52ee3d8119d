import { Mark, ThemeSwitch, useTheme } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { text } from './text.ts'

export interface EntryPageProps {
  title: string
  /** One or two lines under the title. */
  description?: ReactNode
  /** The way to the other entrance, under the content. */
  below?: ReactNode
  /** The bar of the mark is lifted: something was allowed. */
  open?: boolean
  children?: ReactNode
}

/** A page in front of the gate: sign-in, sign-up and their kin. One column, one task. */
export function EntryPage({ title, description, below, open = false, children }: EntryPageProps) {
  const [theme, chooseTheme] = useTheme()
  return (
    <div className="flex min-h-dvh flex-col items-center gap-12 px-gutter pt-[max(2rem,12vh)] pb-6">
      <title>{`${title} · ${text.product}`}</title>
      <main className="flex w-full max-w-96 flex-1 flex-col gap-6">
        <div className="flex items-center gap-2 font-medium text-lg">
          <Mark open={open} size="1.75rem" />
          {text.product}
        </div>
        <div className="flex flex-col gap-1.5">
          <h1 className="text-2xl">{title}</h1>
          {description && <p className="text-ink-muted text-pretty">{description}</p>}
        </div>
        {children}
        {below && <p className="text-ink-muted">{below}</p>}
      </main>
      <footer>
        <ThemeSwitch value={theme} onValueChange={chooseTheme} />
      </footer>
    </div>
  )
}
