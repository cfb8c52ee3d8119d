import { useMutation } from '@tanstack/react-query'
import { Button } from '@tollkeeper/ui'
import { Download } from 'lucide-react'
import { downloadFile } from '../../api/download-file.ts'
import { readFailure } from '../../api/failure.ts'
import { useTenant } from '../../session/session.ts'

export interface DownloadCsvProps {
  /** Under /api/v1, with its query. */
  path: string
  children: string
}

/** Saves a file of the tenant. */
export function DownloadCsv({ path, children }: DownloadCsvProps) {
  const { tenant } = useTenant()
  const download = useMutation({ mutationFn: () => downloadFile({ path, headers: { 'x-tenant-id': tenant.id } }) })
  const failure = download.error ? readFailure(download.error) : null
  return (
    <span className="flex flex-col gap-1">
      <Button icon={<Download />} busy={download.isPending} onClick={() => !download.isPending && download.mutate()}>
        {children}
      </Button>
      {failure && (
        <span role="alert" className="max-w-80 text-denied text-sm text-pretty">
          {failure.title} {failure.next}
        </span>
      )}
    </span>
  )
}
