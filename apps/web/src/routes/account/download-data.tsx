import { useMutation } from '@tanstack/react-query'
import { Button, useToast } from '@tollkeeper/ui'
import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { downloadFile } from '../../api/download-file.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { text } from './text.ts'
import { writeSize } from './write-size.ts'

/** Everything that is held about the person, as a file. How much has come is shown, and it can be stopped. */
export function DownloadData({ wide }: { wide?: boolean }) {
  const toast = useToast()
  const [bytes, setBytes] = useState(0)
  const stopping = useRef<AbortController | null>(null)
  const download = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController()
      setBytes(0)
      return downloadFile({ path: '/users/me/export', method: 'POST', onProgress: setBytes, signal: stopping.current.signal })
    },
    onSuccess: (name) => toast({ title: text.data.saved, detail: text.data.savedAs(name) }),
  })
  const wasStopped = download.error instanceof DOMException && download.error.name === 'AbortError'
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button icon={<Download />} wide={wide} busy={download.isPending} onClick={() => !download.isPending && download.mutate()}>
          {text.data.download}
        </Button>
        {download.isPending && (
          <>
            <span className="text-ink-muted tabular-nums">
              {bytes === 0 ? text.data.starting : text.data.soFar(writeSize(bytes))}
            </span>
            <Button variant="quiet" size="small" onClick={() => stopping.current?.abort()}>
              {text.data.stop}
            </Button>
          </>
        )}
      </div>
      {download.error && !wasStopped && <FailureNotice error={download.error} onRetry={() => download.mutate()} />}
    </>
  )
}
