import { Button } from '../action/button.tsx'

export type StepState = 'done' | 'current' | 'waiting' | 'failed'

export interface ProgressStep {
  /** Unique within the list. */
  label: string
  state: StepState
  /** One line below, such as a count or what went wrong. */
  note?: string
}

export interface ProgressStepsLabels {
  /** Read aloud after each step. */
  states: Record<StepState, string>
  count: (done: number, all: number) => string
  cancel: string
}

export const progressStepsLabels: ProgressStepsLabels = {
  states: { done: 'done', current: 'under way', waiting: 'waiting', failed: 'failed' },
  count: (done, all) => `${done} of ${all}`,
  cancel: 'Cancel',
}

export interface ProgressStepsProps {
  /** What is being done: "Migrating tenants". */
  label: string
  steps: readonly ProgressStep[]
  onCancel?: () => void
  labels?: Partial<ProgressStepsLabels>
}

const shapes: Record<StepState, { className: string; path: string }> = {
  done: { className: 'text-allowed', path: 'M3.5 8.5 6.5 11.5 12.5 5' },
  current: { className: 'text-accent', path: 'M3 8h10' },
  waiting: { className: 'text-line-strong', path: 'M5.5 8a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0' },
  failed: { className: 'text-denied', path: 'M4.5 4.5l7 7M11.5 4.5l-7 7' },
}

/** Work that takes more than two seconds: which step it is at, how many are left, and a way out. */
export function ProgressSteps({ label, steps, onCancel, labels }: ProgressStepsProps) {
  const words = { ...progressStepsLabels, ...labels }
  const done = steps.filter((step) => step.state === 'done').length
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <p className="font-medium">{label}</p>
        <p aria-live="polite" className="text-ink-muted tabular-nums">
          {words.count(done, steps.length)}
        </p>
      </div>
      <ol className="flex flex-col gap-1.5">
        {steps.map((step) => (
          <li key={step.label} aria-current={step.state === 'current' ? 'step' : undefined} className="flex gap-2">
            <svg
              aria-hidden="true"
              viewBox="0 0 16 16"
              fill="none"
              stroke="currentColor"
              strokeWidth="2.25"
              strokeLinecap="round"
              strokeLinejoin="round"
              className={`mt-[3px] size-4 shrink-0 ${shapes[step.state].className}`}
            >
              <path d={shapes[step.state].path} />
            </svg>
            <span className={step.state === 'waiting' ? 'text-ink-muted' : ''}>
              {step.label}
              <span className="sr-only">, {words.states[step.state]}</span>
              {step.note && <span className="block text-ink-muted text-sm">{step.note}</span>}
            </span>
          </li>
        ))}
      </ol>
      {onCancel && (
        <div>
          <Button size="small" onClick={onCancel}>
            {words.cancel}
          </Button>
        </div>
      )}
    </section>
  )
}
