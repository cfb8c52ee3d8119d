import { Dialog, Kbd } from '@tollkeeper/ui'
import { shortcuts } from './shortcuts.ts'

/** All shortcuts at a glance. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title="Keyboard shortcuts">
      <div className="flex flex-col gap-5">
        {shortcuts.map(({ group, keys }) => (
          <section key={group} aria-label={group} className="flex flex-col">
            <h3 className="pb-1 text-ink-muted text-xs">{group}</h3>
            <dl className="divide-y divide-line">
              {keys.map(({ press, does }) => (
                <div key={does} className="flex items-center justify-between gap-4 py-1.5">
                  <dt>{does}</dt>
                  <dd className="flex shrink-0 items-center gap-1">
                    {press.map((key) => (key === '…' ? <span key={key}>…</span> : <Kbd key={key}>{key}</Kbd>))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
