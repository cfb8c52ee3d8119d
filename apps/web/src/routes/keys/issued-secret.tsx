import type { IssuedKey } from '@tollkeeper/shared'
import { SecretOnce } from '@tollkeeper/ui'
import { useEffect, useRef } from 'react'
import { text } from './text.ts'

/** The secret of a key that was issued just now, until the reader says it is stored. */
export function IssuedSecret({ issued, onStored }: { issued: IssuedKey; onStored: () => void }) {
  const block = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (issued.id) block.current?.focus()
  }, [issued.id])
  return (
    <div ref={block} tabIndex={-1} className="rounded-md outline-none">
      <SecretOnce
        secret={issued.secret}
        fileName={`${fileNameOf(issued.name)}.txt`}
        labels={{ title: text.secretTitle(issued.name) }}
        onStored={onStored}
      />
    </div>
  )
}

function fileNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return `tollkeeper-key-${plain || 'new'}`
}
