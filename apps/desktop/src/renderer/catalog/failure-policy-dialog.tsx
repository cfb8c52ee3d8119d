import type { OperatorFeature } from '@tollkeeper/shared'
import { FormDialog } from '../frame/form-dialog.tsx'
import { FailurePolicyForm } from './failure-policy-form.tsx'

/** Changes what apps do with a feature while they cannot reach the server. */
export function FailurePolicyDialog({ feature }: { feature: OperatorFeature }) {
  return (
    <FormDialog
      label="Change"
      accessibleName={`Change what apps do with ${feature.name} without the server`}
      title={`${feature.name} without the server`}
      description="What apps do while they cannot reach the server. They hear of a change within five minutes, those that cannot reach it now when they can."
    >
      {(close) => <FailurePolicyForm feature={feature} onDone={close} />}
    </FormDialog>
  )
}
