import type { CurrentUsage, OverrideView } from '@tollkeeper/shared'
import { FormDialog } from '../../frame/form-dialog.tsx'
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
  const name = present && nameOf(features, present.feature)
  return (
    <FormDialog
      label={present ? 'Change' : 'Override a limit'}
      accessibleName={name && `Change the limit of ${name}`}
      title={name ? `Limit of ${name}` : 'Override a limit'}
      description="It holds at once, in the window that runs too, and over changes of plan. At its end the plan's limit is back within a minute."
    >
      {(close) => <OverrideForm {...rest} features={features} {...(present ? { present } : {})} onDone={close} />}
    </FormDialog>
  )
}
