import { Menu } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../action/icon-button.tsx'
import { classNames } from '../class-names.ts'

export interface AppShellLabels {
  skip: string
  menu: string
}

export const appShellLabels: AppShellLabels = { skip: 'Skip to content', menu: 'Menu' }

export interface AppShellProps {
  /** A Sidebar; on narrow screens it comes out of the menu button. */
  sidebar: ReactNode
  /** A TopBar. */
  topBar?: ReactNode
  /** Across everything, such as a sandbox or impersonation notice. */
  banner?: ReactNode
  /** `reading` keeps a comfortable measure, `full` uses the whole window. */
  width?: 'reading' | 'full'
  children: ReactNode
  labels?: Partial<AppShellLabels>
}

/** The frame of the app: places at the side, the page in the middle, and a way to skip straight to it. */
export function AppShell({ sidebar, topBar, banner, width = 'reading', children, labels }: AppShellProps) {
  const words = { ...appShellLabels, ...labels }
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-surface focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {words.skip}
      </a>
      {banner}
      <div className="flex flex-1">
        <aside className="sticky top-0 h-dvh w-60 shrink-0 border-line border-r max-lg:hidden">{sidebar}</aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header
            className={classNames(
              'sticky top-0 z-20 flex min-h-12 items-center gap-2 border-line border-b bg-surface px-gutter',
              !topBar && 'lg:hidden',
            )}
          >
            <SidebarDrawer label={words.menu}>{sidebar}</SidebarDrawer>
            {topBar}
          </header>
          <main
            id="content"
            tabIndex={-1}
            className={classNames(
              'mx-auto flex w-full min-w-0 flex-1 flex-col gap-stack px-gutter py-stack outline-none',
              width === 'reading' && 'max-w-6xl',
            )}
          >
            {children}
          </main>
        </div>
      </div>
    </div>
  )
}

function SidebarDrawer({ label, children }: { label: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <span className="-ml-2 lg:hidden">
        <Dialog.Trigger asChild>
          <IconButton label={label} icon={<Menu />} />
        </Dialog.Trigger>
      </span>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim lg:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onClick={(event) => {
            if (event.target instanceof Element && event.target.closest('a')) setOpen(false)
          }}
          className="fixed inset-y-0 left-0 z-40 w-[min(18rem,100vw-3rem)] animate-slide-in border-line border-r bg-surface text-ink outline-none lg:hidden"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
