import { useMutation } from '@tanstack/react-query'
import { Button, DateTime, useToast } from '@tollkeeper/ui'
import { UserRoundSearch } from 'lucide-react'
import { useEffect } from 'react'
import { useSession } from '../session/session.ts'
import { text } from './text.ts'

const words = text.impersonation

/** Stands above every screen while an operator acts as the person, and goes with the session when its time is over. */
export function ImpersonationBanner() {
  const { user, impersonatedBy, impersonationEndsAt, refresh, signOut } = useSession()
  const toast = useToast()
  const end = useMutation({ mutationFn: signOut, onError: () => toast({ title: words.failed }) })
  useEffect(() => {
    if (!impersonationEndsAt) return
    const over = setTimeout(() => void refresh(), Math.max(0, Date.parse(impersonationEndsAt) - Date.now()) + 1_000)
    return () => clearTimeout(over)
  }, [impersonationEndsAt, refresh])
  if (!impersonatedBy) return null
  return (
    <aside
      aria-label={words.acting(user.name, user.email)}
      className="sticky top-0 z-30 flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-warning-soft px-gutter py-2 text-ink"
    >
      <UserRoundSearch aria-hidden="true" className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1 basis-64 text-sm">
        <span className="font-medium">{words.acting(user.name, user.email)}</span> {words.bounds}
      </p>
      <span className="flex items-center gap-3 text-sm">
        {impersonationEndsAt && (
          <span>
            {words.ends} <DateTime value={impersonationEndsAt} />
          </span>
        )}
        <Button size="small" busy={end.isPending} onClick={() => !end.isPending && end.mutate()}>
          {words.end}
        </Button>
      </span>
    </aside>
  )
}
