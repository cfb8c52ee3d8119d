import { Button, Form, FormActions, SelectField, TextField } from '@tollkeeper/ui'
import { type ReactNode, useState } from 'react'
import { type ConnectionColour, ConnectionLook, type EnvironmentLabel, environments } from '../../bridge/connection.ts'
import { failureOf } from '../api/failure-of.ts'
import { environmentNames, usualColour } from '../frame/connection-colour.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { AddressField } from './address-field.tsx'
import { ColourField } from './colour-field.tsx'

export interface ConnectionFormProps {
  submitLabel: string
  onSubmit: (look: ConnectionLook, url: string) => Promise<void>
  /** A connection that exists already; its address stays. */
  present?: ConnectionLook & { url: string }
  secondary?: ReactNode
}

/** Address, name, environment and colour of a server. */
export function ConnectionForm({ submitLabel, onSubmit, present, secondary }: ConnectionFormProps) {
  const [url, setUrl] = useState(present?.url ?? '')
  const [name, setName] = useState(present?.name ?? '')
  const [environment, setEnvironment] = useState<EnvironmentLabel>(present?.environment ?? 'development')
  const [colour, setColour] = useState<ConnectionColour | null>(present?.colour ?? null)
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const [error, setError] = useState<unknown>(null)
  const shownName = name || suggestedName(url)
  const shownColour = colour ?? usualColour[environment]

  const chooseEnvironment = (value: string) => {
    const next = environments.find((candidate) => candidate === value) ?? 'development'
    // a colour that was chosen on purpose stays
    if (shownColour === usualColour[environment]) setColour(usualColour[next])
    setEnvironment(next)
  }

  const submit = async () => {
    setError(null)
    const look = ConnectionLook.safeParse({ name: shownName, environment, colour: shownColour })
    const faults: Record<string, string> = {}
    if (!url.trim()) faults.url = 'Enter the address of the server.'
    if (!look.success && url.trim()) faults.name = 'Enter a name of at most 60 characters.'
    setMissing(faults)
    if (!look.success || Object.keys(faults).length > 0) return
    setBusy(true)
    try {
      await onSubmit(look.data, url)
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }

  const failure = error === null ? null : failureOf(error)
  const onAddress = failure?.code.startsWith('console.address_') ? `${failure.title} ${failure.next}` : undefined
  return (
    <Form
      onSubmit={() => void submit()}
      errors={onAddress ? { url: onAddress } : missing}
      notice={failure && !onAddress ? <FailureNotice error={error} /> : undefined}
    >
      {present ? null : (
        <AddressField
          value={url}
          onChange={(next) => {
            setUrl(next)
            setError(null)
          }}
        />
      )}
      <TextField
        label="Name"
        name="name"
        value={name}
        placeholder={suggestedName(url) || 'Acme production'}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={60}
        autoComplete="off"
      />
      <SelectField
        label="Environment"
        value={environment}
        onValueChange={chooseEnvironment}
        options={environments.map((value) => ({ value, label: environmentNames[value] }))}
        help={environment === 'production' ? 'A production server gets a frame around the whole window.' : undefined}
      />
      <ColourField value={shownColour} onChange={setColour} />
      <FormActions>
        <Button variant="primary" type="submit" busy={busy}>
          {submitLabel}
        </Button>
        {secondary}
      </FormActions>
    </Form>
  )
}

function suggestedName(url: string): string {
  const host = URL.parse(/^[a-z]+:\/\//i.test(url) ? url : `https://${url}`)?.host ?? ''
  return host.replace(/^(localhost|127\.0\.0\.1)(:|$)/, 'Local $2').replace(' :', ' ')
}
