import type { CurrentUsage, OverrideView } from '@tollkeeper/shared'
import { Button, Dialog } from '@tollkeeper/ui'
import { useState } from 'react'
import { OverrideForm } from './override-form.tsx'
import { type NamedFeature, nameOf } from './use-features.ts'

interface Props {
  tenantId: string
  usage: CurrentUsage
  features: ReadonlyMap<string, NamedFeature>
  /** The override that is changed; absent: a new one. */
  present?: OverrideView
}

/** Sets another limit than the plan's, for a reason and up to an end. */
export function OverrideDialog({ present, features, ...rest }: Props) {
  const [open, setOpen] = useState(false)
  const name = present && nameOf(features, present.feature)
  return (
    <>
      <Button size="small" {...(name ? { 'aria-label': `Change the limit of ${name}` } : {})} onClick={() => setOpen(true)}>
        {present ? 'Change' : 'Override a limit'}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={name ? `Limit of ${name}` : 'Override a limit'}
        description="It holds at once, in the window that runs too, and over changes of plan. At its end the plan's limit is back within a minute."
      >
        <OverrideForm {...rest} features={features} {...(present ? { present } : {})} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}
