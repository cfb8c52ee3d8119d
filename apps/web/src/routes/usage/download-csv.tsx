import { Button } from '@tollkeeper/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTenant } from '../../session/session.ts'
import { text } from './text.ts'

export interface DownloadCsvProps {
  /** Under /api/v1, with its query. */
  path: string
  children: string
}

/** Saves a file of the tenant when all of it has come: an answer that breaks off in the middle is no file. */
export function DownloadCsv({ path, children }: DownloadCsvProps) {
  const { tenant } = useTenant()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const download = async () => {
    setBusy(true)
    setFault(null)
    try {
      const response = await fetch(`/api/v1${path}`, { headers: { 'x-tenant-id': tenant.id }, cache: 'no-store' })
      if (!response.ok) throw new Error(((await response.json()) as { title?: string }).title ?? response.statusText)
      const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'usage.csv'
      save(await response.blob(), name)
    } catch (error) {
      // the browser's own words for a connection that broke help nobody
      setFault(error instanceof TypeError || !(error instanceof Error) ? text.downloadCut : error.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <span className="flex flex-col gap-1">
      <Button icon={<Download />} busy={busy} onClick={() => void download()}>
        {children}
      </Button>
      {fault && (
        <span role="alert" className="max-w-80 text-denied text-sm text-pretty">
          {fault}
        </span>
      )}
    </span>
  )
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
