import { useMutation } from '@tanstack/react-query'
import { Button } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { text } from './text.ts'

const pauseSeconds = 30

/** Sends the verification mail again, at most every half a minute. */
export function ResendMail({ email }: { email: string }) {
  const trpc = useTRPC()
  const [pause, setPause] = useState(0)
  const resend = useMutation(trpc.auth.resendVerification.mutationOptions({ onSuccess: () => setPause(pauseSeconds) }))
  useEffect(() => {
    if (pause === 0) return
    const timer = setTimeout(() => setPause(pause - 1), 1000)
    return () => clearTimeout(timer)
  }, [pause])
  return (
    <div className="flex flex-col items-start gap-2">
      <Button size="small" busy={resend.isPending} disabled={pause > 0} onClick={() => resend.mutate({ email })}>
        {pause > 0 ? text.resend.wait(pause) : text.resend.action}
      </Button>
      <p role="status" className="text-ink-muted text-sm empty:hidden">
        {resend.isSuccess && text.resend.done}
      </p>
      {resend.error && <FailureNotice error={resend.error} />}
    </div>
  )
}
