import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, SelectField, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { useAttempt } from '../../api/use-attempt.ts'
import { Panel } from '../../shell/panel.tsx'
import { unitWord } from '../../text/unit-word.ts'
import { DecisionResult } from './decision-result.tsx'
import { ExplanationResult } from './explanation-result.tsx'
import { readAmount } from './read-amount.ts'
import { text } from './text.ts'
import { useUsage } from './use-usage.ts'

const fields = ['feature', 'amount']

/** Asks for a decision as a program would, and shows the answer, or the reasons for it. */
export function AskPanel() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const usage = useUsage()
  const tries = useAttempt()
  const [amountText, setAmountText] = useState('1')
  const [chosen, setChosen] = useState<string>()
  const [faulty, setFaulty] = useState(false)
  /** What is held, such as seats, is taken and given back by its own deeds; a decision is about what is used up or simply allowed. */
  const features = usage.data?.features.filter(({ kind }) => kind !== 'gauge') ?? []
  const feature = features.find(({ feature: key }) => key === chosen) ?? features[0]
  const ask = useMutation({
    mutationFn: (question: { feature: string; amount: number }) =>
      client.quota.authorize.mutate({ ...question, requestId: tries.current() }),
    onSuccess: () => {
      tries.renew()
      void queries.invalidateQueries({ queryKey: trpc.quota.pathKey() })
    },
  })
  const explain = useMutation({
    mutationFn: (question: { feature: string; amount: number }) => client.quota.explain.query(question),
  })
  const error = ask.error ?? explain.error
  const failure = error ? readFailure(error) : null

  /** Reads the form and puts the question, unless one is under way or the amount is none. */
  const put = (question: typeof ask | typeof explain, amount: number | null) => {
    setFaulty(amount === null)
    if (!feature || amount === null || ask.isPending || explain.isPending) return
    ask.reset()
    explain.reset()
    question.mutate({ feature: feature.feature, amount })
  }
  const retryWith = (amount: number) => {
    setAmountText(String(amount))
    tries.renew()
    put(ask, amount)
  }

  if (usage.error && !usage.data) return null
  return (
    <Panel title={text.ask.title} note={text.ask.note}>
      <Form
        errors={faulty ? { amount: text.ask.amountFault } : fieldErrors(failure, fields)}
        notice={failure && !landsOnFields(failure, fields) && <FailureNotice error={error} />}
        onSubmit={() => put(ask, readAmount(amountText))}
      >
        <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
          <div className="w-56 max-sm:w-full">
            <SelectField
              label={text.ask.feature}
              name="feature"
              value={feature?.feature ?? ''}
              onValueChange={(key) => {
                setChosen(key)
                tries.renew()
              }}
              options={features.map(({ feature: value, name: label }) => ({ value, label }))}
            />
          </div>
          <div className="w-44 max-sm:w-full">
            <TextField
              label={text.ask.amount}
              name="amount"
              inputMode="numeric"
              autoComplete="off"
              value={amountText}
              suffix={feature && unitWord(feature.unit)}
              onChange={(event) => {
                setAmountText(event.currentTarget.value)
                setFaulty(false)
                tries.renew()
              }}
            />
          </div>
          <div className="flex gap-2 sm:pt-7">
            <Button type="submit" busy={ask.isPending} disabled={!feature}>
              {text.ask.ask}
            </Button>
            <Button
              variant="quiet"
              busy={explain.isPending}
              disabled={!feature}
              onClick={() => put(explain, readAmount(amountText))}
            >
              {text.ask.explain}
            </Button>
          </div>
        </div>
      </Form>
      <div aria-live="polite">
        {ask.data && <DecisionResult decision={ask.data} featureName={nameOf(features, ask.data.feature)} onAskFor={retryWith} />}
        {explain.data && (
          <ExplanationResult explanation={explain.data} featureName={nameOf(features, explain.data.decision.feature)} />
        )}
      </div>
    </Panel>
  )
}

function nameOf(features: readonly { feature: string; name: string }[], key: string): string | undefined {
  return features.find(({ feature }) => feature === key)?.name.toLowerCase()
}
