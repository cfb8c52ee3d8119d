import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type OperatorPermission, OperatorRole, type OperatorUserDetail, operatorRoles } from '@tollkeeper/shared'
import { Button, Dialog, Form, FormActions, SelectField, type SelectOption } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { useMay } from '../api/use-may.ts'
import { ActFailure } from '../notice/act-failure.tsx'
import { roleWords } from '../operators/role-words.ts'

const NONE = 'none'

/** Gives a person an operator role, or takes it. What the operator at work does not hold, they cannot give. */
export function SetRoleDialog({ user }: { user: OperatorUserDetail }) {
  const [open, setOpen] = useState(false)
  const server = useServer()
  const queries = useQueryClient()
  const set = useMutation(
    server.operator.setOperatorRole.mutationOptions({
      onSuccess: async () => {
        setOpen(false)
        await queries.invalidateQueries()
      },
    }),
  )
  const options = roleOptions(useMay())
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Operator role
      </Button>
      <Dialog
        open={open}
        title={`Operator role of ${user.name}`}
        description="It decides what they may do in this console, over all people and tenants. It bites within a second."
        onOpenChange={(next) => {
          setOpen(next)
          set.reset()
        }}
      >
        <Form
          notice={set.error && <ActFailure error={set.error} />}
          onSubmit={(values) => {
            const role = OperatorRole.safeParse(values.get('role'))
            if (!set.isPending) set.mutate({ id: user.id, role: role.success ? role.data : null })
          }}
        >
          <SelectField label="Role" name="role" options={options} defaultValue={user.operatorRole ?? NONE} />
          <FormActions>
            <Button variant="primary" type="submit" busy={set.isPending}>
              Set role
            </Button>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </FormActions>
        </Form>
      </Dialog>
    </>
  )
}

function roleOptions(may: (permission: OperatorPermission) => boolean): SelectOption[] {
  return [
    { value: NONE, label: 'No operator', help: 'Uses the service like anybody else.' },
    ...OperatorRole.options.map((role) => ({
      value: role,
      label: roleWords[role].name,
      help: roleWords[role].does,
      disabled: !operatorRoles[role].every(may),
    })),
  ]
}
