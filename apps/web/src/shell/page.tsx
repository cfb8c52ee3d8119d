import { PageHeader, type PageHeaderProps } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import { text } from './text.ts'

/** A screen: its name in the window's title and at its head, then its content. */
export function Page({ children, ...header }: PageHeaderProps & { children: ReactNode }) {
  return (
    <>
      <title>{`${header.title} · ${text.product}`}</title>
      <PageHeader {...header} />
      {children}
    </>
  )
}
