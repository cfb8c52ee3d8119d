import { TextField } from '@tollkeeper/ui'
import { useEffect, useState } from 'react'
import type { ProbedServer } from '../../bridge/channels.ts'
import type { Answer } from '../../bridge/failure.ts'

const PAUSE_MS = 500

/** The server's address; while it is typed, the console asks who answers there. */
export function AddressField({ value, onChange }: { value: string; onChange: (url: string) => void }) {
  const [answer, setAnswer] = useState<{ of: string; answer: Answer<ProbedServer> } | null>(null)
  const typed = value.trim()
  useEffect(() => {
    if (typed.length < 3) return
    let live = true
    const pause = setTimeout(() => {
      window.tollkeeper.call['connections.probe']({ url: typed }).then(
        (next) => live && setAnswer({ of: typed, answer: next }),
        (error) => console.warn('The address could not be tried.', error),
      )
    }, PAUSE_MS)
    return () => {
      live = false
      clearTimeout(pause)
    }
  }, [typed])
  const present = answer?.of === typed ? answer.answer : null
  return (
    <TextField
      label="Address"
      name="url"
      type="url"
      mono
      autoFocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      placeholder="http://127.0.0.1:4000"
      autoComplete="off"
      spellCheck={false}
      help={
        <span role="status">
          {present === null ? (
            'Without a path. Plain http is for this machine only.'
          ) : present.ok ? (
            <span className="text-allowed">Tollkeeper {present.value.version} answers there.</span>
          ) : (
            <span className="text-warning">{present.failure.title}</span>
          )}
        </span>
      }
    />
  )
}
