import type { StepUpMethod } from '@tollkeeper/shared'
import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { ProveByMail } from './prove-by-mail.tsx'
import { ProveByPasskey } from './prove-by-passkey.tsx'
import { ProveBySecret } from './prove-by-secret.tsx'
import { text } from './text.ts'

/** One way to prove it, and the way to the others the person has. */
export function StepUpForm({ methods }: { methods: readonly StepUpMethod[] }) {
  const [method, choose] = useState<StepUpMethod>(methods[0]!)
  const others = methods
    .filter((other) => other !== method)
    .map((other) => (
      <Button key={other} variant="quiet" onClick={() => choose(other)}>
        {text.instead[other]}
      </Button>
    ))
  if (method === 'passkey') return <ProveByPasskey others={others} />
  if (method === 'mail_code') return <ProveByMail others={others} />
  return <ProveBySecret key={method} method={method} others={others} />
}
