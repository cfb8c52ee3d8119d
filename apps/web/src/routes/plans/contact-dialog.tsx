import type { PlanView } from '@tollkeeper/shared'
import { Button, CopyId, Dialog } from '@tollkeeper/ui'
import { text } from './text.ts'

/** For a plan without a price: whom to talk to, and what to quote. */
export function ContactDialog({ plan, tenantId, onClose }: { plan: PlanView | null; tenantId: string; onClose: () => void }) {
  return (
    <Dialog
      open={plan !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={text.contactTitle(plan?.name ?? '')}
      description={text.contactBody}
      footer={<Button onClick={onClose}>{text.close}</Button>}
    >
      <CopyId id={tenantId} />
    </Dialog>
  )
}
