import { Button } from '@tollkeeper/ui'
import { useState } from 'react'
import { ProveByMail } from './prove-by-mail.tsx'
import { ProveBySecret } from './prove-by-secret.tsx'
import { type Provable, words } from './words.ts'

/** One way to prove it, and the way to the others the operator has. */
export function StepUpForm({ methods }: { methods: readonly Provable[] }) {
  const [method, choose] = useState<Provable>(methods[0]!)
  const others = methods
    .filter((other) => other !== method)
    .map((other) => (
      <Button key={other} variant="quiet" onClick={() => choose(other)}>
        {words[other].instead}
      </Button>
    ))
  if (method === 'mail_code') return <ProveByMail others={others} />
  return <ProveBySecret key={method} method={method} others={others} />
}
