import { proofQuestion } from '../step-up/proof-question.ts'
import { FileFailure, failureOfProblem, saveCut } from './file-failure.ts'

interface Download {
  /** Under /api/v1, with its query. */
  path: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** Told of every piece that comes: how many bytes there are so far. */
  onProgress?: (bytes: number) => void
  signal?: AbortSignal
}

/**
 * Fetches a file that the server makes while it sends it, and saves it when all of it has come: an answer that breaks off in the middle
 * is no file. Where the server asks for proof of who one is, that is asked for, and the file once more.
 * @returns the name it was saved under
 * @throws FileFailure with what the server said, or that the connection broke; DOMException when it was stopped
 */
export async function downloadFile(download: Download): Promise<string> {
  try {
    const response = await ask(download)
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download'
    save(await readWhole(response, download.onProgress), name)
    return name
  } catch (error) {
    // the browser's own words for a connection that broke help nobody
    throw error instanceof TypeError ? new FileFailure(saveCut) : error
  }
}

async function ask(download: Download, mayProve = true): Promise<Response> {
  const { path, method = 'GET', headers = {}, signal } = download
  const response = await fetch(`/api/v1${path}`, { method, headers, cache: 'no-store', ...(signal ? { signal } : {}) })
  if (response.ok) return response
  const failure = await failureOfProblem(response)
  if (mayProve && failure.code === 'auth.step_up_needed' && (await proofQuestion.ask())) return ask(download, false)
  throw new FileFailure(failure)
}

async function readWhole({ body, headers }: Response, onProgress: Download['onProgress']): Promise<Blob> {
  const pieces: BlobPart[] = []
  let bytes = 0
  for (const reader = body!.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return new Blob(pieces, { type: headers.get('content-type') ?? '' })
    pieces.push(value)
    bytes += value.length
    onProgress?.(bytes)
  }
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
