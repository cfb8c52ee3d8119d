import { TextField } from '@tollkeeper/ui'
import { useEffect, useEffectEvent, useState } from 'react'

const PAUSE_MS = 180

export interface SearchBoxProps {
  label: string
  placeholder: string
  value: string
  /** Called when the typing pauses. */
  onChange: (search: string) => void
}

/** Searches on the server while one types. Enter searches at once, then goes to the rows; Escape clears it, then leaves it. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const settle = useEffectEvent(onChange)
  useEffect(() => {
    if (typed === value) return
    const pause = setTimeout(() => settle(typed), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [typed, value])
  return (
    <div className="w-72 max-w-full">
      <TextField
        label={label}
        hideLabel
        type="search"
        value={typed}
        placeholder={placeholder}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            if (typed) setTyped('')
            else event.currentTarget.blur()
          }
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault()
            if (typed !== value) onChange(typed)
            else document.querySelector<HTMLElement>('main [data-row-opener]')?.focus()
          }
        }}
      />
    </div>
  )
}
