import { type ErrorCode, errorTable } from '@tollkeeper/shared'
import { ErrorNotice } from '@tollkeeper/ui'
import { tellOnPage } from '../api/tell-on-page.ts'

/** What went wrong on the way to a provider and back: the server names it in the address, by its code. */
export function ProviderFailure({ code }: { code: string | undefined }) {
  if (code === undefined || !isProviderCode(code)) return null
  const { title, next } = tellOnPage(code, errorTable[code])
  return (
    <ErrorNotice title={title} code={code} requestId={undefined}>
      {next}
    </ErrorNotice>
  )
}

/** Only what the way back can fail with: the address is anybody's to write, and must not make the page say what they like. */
function isProviderCode(code: string): code is ErrorCode {
  return /^auth\.(provider_|user_suspended|session_ended)/.test(code) && code in errorTable
}
