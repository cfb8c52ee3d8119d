import { Plus, Trash2 } from 'lucide-react'
import { Avatar, Badge, Button, CopyButton, CopyId, IconButton, Mark, StatusBadge, Tooltip } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

export function Actions() {
  return (
    <Section title="Actions and signs">
      <Specimen name="Mark">
        <Mark size="2.5rem" />
        <Mark size="2.5rem" open />
        <Mark />
        <Mark open label="Tollkeeper" />
      </Specimen>
      <Specimen name="Button">
        <Button variant="primary">Issue key</Button>
        <Button>Save changes</Button>
        <Button variant="quiet">Cancel</Button>
        <Button variant="danger">Revoke key</Button>
        <Button variant="danger" filled>
          Delete tenant
        </Button>
        <Button variant="primary" icon={<Plus />}>
          Invite member
        </Button>
        <Button asChild>
          <a href="#link">Read the changelog</a>
        </Button>
      </Specimen>
      <Specimen name="Button, busy, disabled, small">
        <Button variant="primary" busy>
          Issuing key
        </Button>
        <Button busy>Saving</Button>
        <Button disabled>Save changes</Button>
        <Button size="small">Copy</Button>
        <Button size="small" variant="primary">
          Retry
        </Button>
        <CopyButton text="tk_test" size="small" />
      </Specimen>
      <Specimen name="IconButton and Tooltip">
        <IconButton label="Delete" icon={<Trash2 />} />
        <IconButton label="Add" icon={<Plus />} size="small" />
        <Tooltip content="Last used 3 hours ago">
          <Button variant="quiet">Hover me</Button>
        </Tooltip>
      </Specimen>
      <Specimen name="Badge">
        <Badge>Neutral</Badge>
        <Badge tone="accent">Popular</Badge>
        <StatusBadge tone="allowed">Active</StatusBadge>
        <StatusBadge tone="denied">Revoked</StatusBadge>
        <StatusBadge tone="warning">Past due</StatusBadge>
        <StatusBadge tone="info">Trialing</StatusBadge>
        <StatusBadge tone="neutral">Draft</StatusBadge>
      </Specimen>
      <Specimen name="CopyId and Avatar">
        <CopyId id="key_01JD7Q2W9R5T8Y3K" />
        <CopyId id="dec_01JD7Q2W9R5T8Y3K4M6N" short />
        <Avatar name="Ada Lovelace" />
        <Avatar name="王小明" />
        <Avatar name="Acme Translations" shape="square" size="small" />
      </Specimen>
    </Section>
  )
}
