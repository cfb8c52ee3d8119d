import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FailurePolicy, OperatorFeature } from '@tollkeeper/shared'
import { Button, Form, FormActions, Notice, SelectField } from '@tollkeeper/ui'
import { useState } from 'react'
import { useServer } from '../api/server-provider.tsx'
import { fieldFaults } from '../form/field-faults.ts'
import { ActFailure } from '../notice/act-failure.tsx'
import { policyLine, policyNames } from './feature-words.ts'
import { startingTerms, type Terms, TermsFields, termsFaults, toPolicy } from './policy-terms.tsx'

const fields = ['failurePolicy.cap', 'failurePolicy.perSeconds', 'failurePolicy.units', 'failurePolicy.expiresIn']
const about = { 'quota.feature_not_metered': 'kind', 'quota.not_reservable': 'kind' }

const options = [
  { value: 'closed', label: policyNames.closed, help: 'Nothing passes that was not counted.' },
  { value: 'open', label: policyNames.open, help: 'So much passes uncounted, and is reported later.' },
  { value: 'lease', label: policyNames.lease, help: 'The app decides from units it took and paid for beforehand.' },
] as const satisfies readonly { value: FailurePolicy['kind']; label: string; help: string }[]

const consequences: Record<FailurePolicy['kind'], string> = {
  closed: 'While the server is away, customers of these apps are refused.',
  open: 'While the server is away, each app may pass a limit by this much. It is counted once the server is back.',
  lease: 'Limits hold without exception. Units that are taken and not used in time count as used.',
}

/** Chosen first, told what it means, then confirmed. */
export function FailurePolicyForm({ feature, onDone }: { feature: OperatorFeature; onDone: () => void }) {
  const server = useServer()
  const queries = useQueryClient()
  const [kind, setKind] = useState<FailurePolicy['kind']>(feature.failurePolicy.kind)
  const [terms, setTerms] = useState<Terms>(() => startingTerms(feature.failurePolicy))
  const [tried, setTried] = useState(false)
  const set = useMutation(
    server.catalog.setFailurePolicy.mutationOptions({
      onSuccess: async () => {
        onDone()
        await queries.invalidateQueries()
      },
    }),
  )
  const policy = toPolicy(kind, terms)
  const { errors, rest } = fieldFaults(set.error, fields, about)
  const missing = tried ? termsFaults(kind, terms) : {}
  return (
    <Form
      notice={rest !== null && <ActFailure error={rest} />}
      errors={{ ...errors, ...missing }}
      onSubmit={() => {
        setTried(true)
        if (policy && !set.isPending) set.mutate({ feature: feature.feature, failurePolicy: policy })
      }}
    >
      <SelectField
        label="Policy"
        name="kind"
        value={kind}
        onValueChange={(next) => setKind(options.find(({ value }) => value === next)?.value ?? 'closed')}
        options={options}
      />
      <TermsFields kind={kind} terms={terms} unit={feature.unit} onChange={setTerms} />
      <Notice
        tone={kind === 'open' ? 'warning' : 'info'}
        title={policy ? `${policyLine(policy, feature.unit)}.` : 'How much, and for how long?'}
      >
        <p>{consequences[kind]}</p>
      </Notice>
      <FormActions>
        <Button variant="primary" type="submit" busy={set.isPending}>
          Change the policy
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
