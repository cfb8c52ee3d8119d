import { TextField } from '@tollkeeper/ui'
import { useEffect, useEffectEvent, useState } from 'react'
import { text } from './text.ts'

const PAUSE_MS = 200

/** Searches on the server when the typing pauses. */
export function MemberSearch({ onSearch }: { onSearch: (search: string) => void }) {
  const [typed, setTyped] = useState('')
  const settle = useEffectEvent(onSearch)
  useEffect(() => {
    const pause = setTimeout(() => settle(typed.trim()), PAUSE_MS)
    return () => clearTimeout(pause)
  }, [typed])
  return (
    <div className="w-72 max-w-full">
      <TextField
        label={text.search}
        hideLabel
        optional
        type="search"
        placeholder={text.searchHint}
        value={typed}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </div>
  )
}
