import { CopyIcon, type CopyLabels, copyLabels, copyWord } from '../action/copy-button.tsx'
import { useCopy } from '../action/use-copy.ts'

export interface CopyIdProps {
  id: string
  /** Shows the start and the end only; the whole id is copied and shown on hover. */
  short?: boolean
  labels?: Partial<CopyLabels>
}

const head = 8
const tail = 4

/** An id to quote: monospaced, and copied whole by a press. */
export function CopyId({ id, short, labels }: CopyIdProps) {
  const { state, copy } = useCopy(id)
  const words = { ...copyLabels, ...labels }
  const text = short && id.length > head + tail + 1 ? `${id.slice(0, head)}…${id.slice(-tail)}` : id
  return (
    <button
      type="button"
      onClick={copy}
      title={id}
      className="group/copy -mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-sm px-1 font-mono text-[0.92em] text-ink-muted transition-colors hover:bg-surface-sunken hover:text-ink"
    >
      <span className={short ? 'whitespace-nowrap' : 'min-w-0 break-all text-left'}>{text}</span>
      <span
        data-state={state}
        className="shrink-0 opacity-0 transition-opacity group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100 data-[state=copied]:opacity-100 data-[state=failed]:opacity-100 pointer-coarse:opacity-100 [&_svg]:size-3.5"
      >
        <CopyIcon state={state} />
      </span>
      <span aria-live="polite" className="sr-only">
        {copyWord(state, words)}
      </span>
    </button>
  )
}
