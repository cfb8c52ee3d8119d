import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { AppRouter } from '@tollkeeper/client/router'
import { repeatWhenProved } from '@tollkeeper/client/step-up'
import { createTRPCClient, type TRPCClient } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { ReactNode } from 'react'
import { proofQuestion } from '../step-up/proof-question.ts'
import { failureOf } from './failure-of.ts'
import { ipcLink } from './ipc-link.ts'

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** The server's procedures as query options. */
export const useServer = useTRPC

/** The server's procedures to call directly. */
export const useServerClient = useTRPCClient

interface Line {
  queryClient: QueryClient
  client: TRPCClient<AppRouter>
}

/** What was read of a server stays while another one is looked at, so that switching back shows it at once. */
const lines = new Map<string, Line>()

function lineTo(connectionId: string): Line {
  const known = lines.get(connectionId)
  if (known) return known
  const line = {
    client: createTRPCClient<AppRouter>({
      links: [repeatWhenProved(proofQuestion.ask, (error) => failureOf(error).code), ipcLink(connectionId)],
    }),
    queryClient: new QueryClient({
      defaultOptions: {
        queries: {
          // the network is the main process's affair
          networkMode: 'always',
          retry: (count, error) => count < 1 && isWorthRetrying(failureOf(error).code),
          retryDelay: 400,
        },
      },
    }),
  }
  lines.set(connectionId, line)
  return line
}

/** Forgets everything read of a server: after a sign-out nothing of it stays on the screen. */
export function forgetServer(connectionId: string): void {
  lines.get(connectionId)?.queryClient.clear()
  lines.delete(connectionId)
}

/** Gives the screens below one server to talk to. */
export function ServerProvider({ connectionId, children }: { connectionId: string; children: ReactNode }) {
  const { queryClient, client } = lineTo(connectionId)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}

function isWorthRetrying(code: string): boolean {
  return code === 'service.unavailable' || code === 'console.server_timeout'
}
