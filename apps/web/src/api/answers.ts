import type { AppRouter } from '@tollkeeper/client/router'
import type { inferRouterOutputs } from '@trpc/server'

/** What each procedure answers, by router and name: `Answers['apiKey']['list']`. */
export type Answers = inferRouterOutputs<AppRouter>
