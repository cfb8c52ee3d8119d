import type { OperatorFeature } from '@tollkeeper/shared'
import { Button, Dialog } from '@tollkeeper/ui'
import { useState } from 'react'
import { FailurePolicyForm } from './failure-policy-form.tsx'

/** Changes what apps do with a feature while they cannot reach the server. */
export function FailurePolicyDialog({ feature }: { feature: OperatorFeature }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" aria-label={`Change what apps do with ${feature.name} without the server`} onClick={() => setOpen(true)}>
        Change
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`${feature.name} without the server`}
        description="What apps do while they cannot reach the server. They hear of a change within five minutes, those that cannot reach it now when they can."
      >
        <FailurePolicyForm feature={feature} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}
