import { Copy, MoreHorizontal, RotateCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, ConfirmDialog, Dialog, DropdownMenu, IconButton, TextField, useToast } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

export function Overlays() {
  const toast = useToast()
  const [dialog, setDialog] = useState(false)
  const [confirm, setConfirm] = useState(false)
  const [log, setLog] = useState('Nothing yet')
  return (
    <Section title="Overlays">
      <Specimen name="Dialog, ConfirmDialog, DropdownMenu, Toast">
        <Button onClick={() => setDialog(true)}>Invite member</Button>
        <Button variant="danger" onClick={() => setConfirm(true)}>
          Delete tenant
        </Button>
        <DropdownMenu
          trigger={<IconButton label="More" icon={<MoreHorizontal />} />}
          heading="ci"
          items={[
            { label: 'Copy id', icon: <Copy />, shortcut: 'C', onSelect: () => setLog('Copied') },
            { label: 'Rotate', icon: <RotateCw />, onSelect: () => setLog('Rotated') },
            { label: 'Rename', onSelect: () => setDialog(true) },
            { label: 'Archive', onSelect: () => setLog('Archived'), disabled: true },
            { label: 'Revoke', icon: <Trash2 />, danger: true, separated: true, onSelect: () => setLog('Revoked') },
          ]}
        />
        <Button onClick={() => toast({ title: 'Key revoked', detail: 'ci, tk_4fQz…0gA', undo: () => setLog('Undone') })}>
          Revoke with undo
        </Button>
        <output data-log="">{log}</output>
      </Specimen>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Invite member"
        description="They get a mail with a link that works for 7 days."
        footer={
          <>
            <Button variant="primary" onClick={() => setDialog(false)}>
              Send invitation
            </Button>
            <Button variant="quiet" onClick={() => setDialog(false)}>
              Cancel
            </Button>
          </>
        }
      >
        <TextField label="Email" type="email" />
      </Dialog>
      <ConfirmDialog
        open={confirm}
        onOpenChange={setConfirm}
        title="Delete Acme Translations"
        phrase="Acme Translations"
        confirmLabel="Delete tenant"
        onConfirm={() => {
          setConfirm(false)
          setLog('Deleted')
        }}
      >
        Its 12 members lose access at once, and 30 days of usage are gone. Invoices stay.
      </ConfirmDialog>
    </Section>
  )
}
