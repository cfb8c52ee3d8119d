import { Download } from 'lucide-react'
import { Button } from '../action/button.tsx'
import { CopyButton, type CopyLabels } from '../action/copy-button.tsx'
import { downloadText } from './download-text.ts'

export interface SecretOnceLabels {
  title: string
  explanation: string
  download: string
  stored: string
}

export const secretOnceLabels: SecretOnceLabels = {
  title: 'Store this now',
  explanation: 'It is shown this once. After that only its first and last characters are.',
  download: 'Download',
  stored: 'I have stored it',
}

export interface SecretOnceProps {
  secret: string
  /** The name of the downloaded file: `acme-ci-key.txt`. */
  fileName: string
  /** Called when the reader says it is stored; drop the secret then. */
  onStored: () => void
  labels?: Partial<SecretOnceLabels>
  copyLabels?: Partial<CopyLabels>
}

/** A secret on the only occasion on which it is shown. */
export function SecretOnce({ secret, fileName, onStored, labels, copyLabels }: SecretOnceProps) {
  const words = { ...secretOnceLabels, ...labels }
  return (
    <section aria-label={words.title} className="flex flex-col gap-4 rounded-md border border-line bg-surface-raised p-panel">
      <div className="flex flex-col gap-1">
        <p className="font-medium">{words.title}</p>
        <p className="text-ink-muted text-pretty">{words.explanation}</p>
      </div>
      <code className="block select-all whitespace-pre-wrap break-all rounded-md border border-line bg-surface-sunken px-3 py-2.5 text-sm">
        {secret}
      </code>
      <div className="flex flex-wrap justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          <CopyButton text={secret} labels={copyLabels} />
          <Button icon={<Download />} onClick={() => downloadText(fileName, `${secret}\n`)}>
            {words.download}
          </Button>
        </div>
        <Button variant="primary" onClick={onStored}>
          {words.stored}
        </Button>
      </div>
    </section>
  )
}
