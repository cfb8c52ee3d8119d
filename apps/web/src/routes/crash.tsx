import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button, ErrorNotice } from '@tollkeeper/ui'
import { text } from './text.ts'

/** In place of a screen whose own code failed; the frame around it stays. */
export function Crash({ error }: ErrorComponentProps) {
  return (
    <div className="mx-auto w-full max-w-xl px-gutter py-16">
      <ErrorNotice
        title={text.crash.title}
        code={error instanceof Error ? error.message : String(error)}
        action={
          <Button size="small" onClick={() => window.location.reload()}>
            {text.crash.reload}
          </Button>
        }
      >
        {text.crash.body}
      </ErrorNotice>
    </div>
  )
}
