import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Skeleton, SubPages } from '@tollkeeper/ui'
import type { ReactNode } from 'react'
import type { Answers } from '../../api/answers.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { Page } from '../../shell/page.tsx'
import { text } from './text.ts'

interface AccountPageProps {
  description: string
  /** Above everything else. */
  notice?: ReactNode
  /** What needs the account, once it is known. */
  ofAccount: (account: Answers['auth']['account']['read']) => ReactNode
  /** What does not. */
  children: ReactNode
}

/** One half of a person's own account, and the way to the other. */
export function AccountPage({ description, notice, ofAccount, children }: AccountPageProps) {
  const trpc = useTRPC()
  const account = useQuery(trpc.auth.account.read.queryOptions())
  return (
    <Page title={text.title} description={description}>
      <SubPages label={text.title}>
        <Link to="/account" activeOptions={{ exact: true }}>
          {text.pages.profile}
        </Link>
        <Link to="/account/security">{text.pages.security}</Link>
      </SubPages>
      {notice}
      {account.data ? (
        ofAccount(account.data)
      ) : account.error ? (
        <FailureNotice error={account.error} onRetry={() => void account.refetch()} />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-3">
          <Skeleton width="40%" />
          <Skeleton width="60%" />
        </div>
      )}
      {children}
    </Page>
  )
}
