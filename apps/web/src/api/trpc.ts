import type { AppRouter } from '@tollkeeper/client/router'
import { createTRPCContext } from '@trpc/tanstack-react-query'

/** The typed api inside React: `useTRPC()` for query and mutation options, `useTRPCClient()` for calls by hand. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()
