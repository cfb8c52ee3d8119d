import { CodeSample, ProgressSteps } from '@tollkeeper/ui'
import { Panel } from '../../shell/panel.tsx'
import { firstDecision } from './first-decision.ts'
import { text } from './text.ts'

/** What is left to do until a program of the tenant has asked for its first decision. */
export function FirstSteps({ hasKey }: { hasKey: boolean }) {
  return (
    <Panel title={text.steps.title}>
      <ProgressSteps
        label={text.steps.note}
        steps={[
          { label: text.steps.issue, state: hasKey ? 'done' : 'current' },
          { label: text.steps.decide, state: hasKey ? 'current' : 'waiting', note: text.steps.decideWaiting },
        ]}
      />
      <CodeSample label={text.steps.code} variants={firstDecision(window.location.origin)} />
    </Panel>
  )
}
