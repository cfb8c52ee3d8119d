import { Check, Copy, X } from 'lucide-react'
import { Button, type ButtonProps } from './button.tsx'
import { type CopyState, useCopy } from './use-copy.ts'

export interface CopyLabels {
  copy: string
  copied: string
  /** Said when the browser refuses; the text must then be selected by hand. */
  failed: string
}

export const copyLabels: CopyLabels = { copy: 'Copy', copied: 'Copied', failed: 'Select and copy by hand' }

export function CopyIcon({ state }: { state: CopyState }) {
  if (state === 'copied') return <Check aria-hidden="true" className="text-allowed" />
  if (state === 'failed') return <X aria-hidden="true" className="text-denied" />
  return <Copy aria-hidden="true" />
}

export function copyWord(state: CopyState, labels: CopyLabels): string {
  if (state === 'idle') return labels.copy
  return state === 'copied' ? labels.copied : labels.failed
}

export interface CopyButtonProps extends Pick<ButtonProps, 'variant' | 'size'> {
  text: string
  labels?: Partial<CopyLabels>
}

/** Copies a text and says so in place. */
export function CopyButton({ text, labels, variant, size }: CopyButtonProps) {
  const { state, copy } = useCopy(text)
  return (
    <Button variant={variant} size={size} icon={<CopyIcon state={state} />} onClick={copy}>
      <span aria-live="polite">{copyWord(state, { ...copyLabels, ...labels })}</span>
    </Button>
  )
}
