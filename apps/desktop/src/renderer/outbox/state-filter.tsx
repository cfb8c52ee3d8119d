import type { MailPage } from '@tollkeeper/shared'
import { Quantity } from '@tollkeeper/ui'
import { type MailState, mailStates, stateWords } from './mail-words.ts'

export interface StateFilterProps {
  state: MailState | undefined
  byState: MailPage['byState'] | undefined
  onChange: (state: MailState | undefined) => void
}

/** Which mails are shown, and how many there are of each kind. States that no mail is in are left out. */
export function StateFilter({ state, byState, onChange }: StateFilterProps) {
  const present = mailStates.filter((one) => one === state || (byState?.[one] ?? 0) > 0)
  const total = Object.values(byState ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <fieldset className="flex flex-wrap gap-1" aria-label="State of the mails">
      <Choice label="All" count={byState && total} pressed={state === undefined} onPress={() => onChange(undefined)} />
      {present.map((one) => (
        <Choice
          key={one}
          label={stateWords[one].word}
          count={byState && (byState[one] ?? 0)}
          pressed={one === state}
          onPress={() => onChange(one)}
        />
      ))}
    </fieldset>
  )
}

interface ChoiceProps {
  label: string
  count: number | undefined
  pressed: boolean
  onPress: () => void
}

function Choice({ label, count, pressed, onPress }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="inline-flex min-h-control-small items-center gap-1.5 rounded-md border border-line px-2.5 text-ink-muted text-sm transition-colors hover:border-line-strong hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
    >
      {label} {count !== undefined && <Quantity value={count} />}
    </button>
  )
}
