import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Notice } from '@tollkeeper/ui'
import { KeyRound, Mail } from 'lucide-react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC, useTRPCClient } from '../../api/trpc.ts'
import { safeNext } from '../../session/safe-next.ts'
import { useArrival } from '../../session/use-arrival.ts'
import { askForPasskey, knowsPasskeys, refusalOfDevice } from '../../ways-in/passkey.ts'
import { ProviderMark } from '../../ways-in/provider-mark.tsx'
import { text as ways } from '../../ways-in/text.ts'
import { text } from './text.ts'

/** Every way in that takes no password, under the one that does. What this server does not have is not shown. */
export function OtherWays({ next, email }: { next: string | undefined; email: string }) {
  const trpc = useTRPC()
  const waysIn = useQuery(trpc.auth.waysIn.queryOptions(undefined, { staleTime: 300_000 }))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3 text-ink-muted text-sm">
        <span className="h-px flex-1 bg-line" />
        {text.or}
        <span className="h-px flex-1 bg-line" />
      </div>
      {waysIn.data?.passkeys && knowsPasskeys() && <PasskeyButton next={next} />}
      {waysIn.data?.providers.map((provider) => (
        <ProviderButton key={provider} provider={provider} next={next} />
      ))}
      <Button asChild wide>
        <Link to="/sign-in-code" search={{ email: email || undefined, next }}>
          <Mail aria-hidden="true" />
          {text.byMail}
        </Link>
      </Button>
    </div>
  )
}

function ProviderButton({ provider, next }: { provider: 'github' | 'google'; next: string | undefined }) {
  const trpc = useTRPC()
  const leave = useMutation(
    trpc.auth.provider.authorize.mutationOptions({
      onSuccess: ({ authorizationUrl }) => window.location.assign(authorizationUrl),
    }),
  )
  return (
    <>
      <Button
        wide
        icon={<ProviderMark provider={provider} />}
        busy={leave.isPending}
        onClick={() => leave.mutate({ provider, next: safeNext(next) })}
      >
        {text.byProvider(ways.provider[provider])}
      </Button>
      {leave.error ? <FailureNotice error={leave.error} /> : null}
    </>
  )
}

function PasskeyButton({ next }: { next: string | undefined }) {
  const client = useTRPCClient()
  const signIn = useMutation({
    mutationFn: async () => {
      const credential = await askForPasskey(await client.auth.passkey.signInOptions.mutate())
      return client.auth.passkey.signIn.mutate({ credential })
    },
    ...useArrival(next),
  })
  return (
    <>
      <Button wide icon={<KeyRound />} busy={signIn.isPending} onClick={() => !signIn.isPending && signIn.mutate()}>
        {text.byPasskey}
      </Button>
      {signIn.error ? (
        refusalOfDevice(signIn.error) ? (
          <Notice tone="info" title={ways.passkeyCancelled} urgent />
        ) : (
          <FailureNotice error={signIn.error} />
        )
      ) : null}
    </>
  )
}
