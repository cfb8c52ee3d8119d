import { useState } from 'react'
import { ask } from '../bridge/ask.ts'
import { FailureNotice } from '../notice/failure-notice.tsx'
import { splitLinks } from './split-links.ts'

/** Plain text in which addresses can be pressed; the main process decides whether one is opened. */
export function LinkedText({ text }: { text: string }) {
  const [error, setError] = useState<unknown>(null)
  const open = async (url: string) => {
    setError(null)
    try {
      await ask(window.tollkeeper.call['links.open']({ url }))
    } catch (reason) {
      setError(reason)
    }
  }
  return (
    <div className="flex flex-col gap-3">
      {error !== null && <FailureNotice error={error} />}
      <p className="max-w-prose select-text whitespace-pre-wrap break-words">
        {splitLinks(text).map(({ kind, text: piece, at }) =>
          kind === 'link' ? (
            <button
              key={at}
              type="button"
              onClick={() => void open(piece)}
              className="break-all rounded-sm text-left text-accent underline underline-offset-2 hover:text-accent-strong"
            >
              {piece}
            </button>
          ) : (
            <span key={at}>{piece}</span>
          ),
        )}
      </p>
    </div>
  )
}
