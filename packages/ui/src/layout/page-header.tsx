import type { ReactNode } from 'react'

export interface PageHeaderProps {
  title: string
  description?: ReactNode
  breadcrumb?: ReactNode
  /** A badge beside the title. */
  badge?: ReactNode
  /** The page's one primary action. */
  action?: ReactNode
  /** Quieter actions, before the primary one. */
  secondary?: ReactNode
}

/** The head of a page: its name, and its one primary action at the top right. */
export function PageHeader({ title, description, breadcrumb, badge, action, secondary }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-2">
      {breadcrumb}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="text-2xl in-data-[density=compact]:text-xl">{title}</h1>
            {badge}
          </div>
          {description && <p className="max-w-prose text-ink-muted text-pretty">{description}</p>}
        </div>
        {(action || secondary) && (
          <div className="flex flex-wrap gap-2">
            {secondary}
            {action}
          </div>
        )}
      </div>
    </header>
  )
}
