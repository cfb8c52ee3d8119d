import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { LocaleProvider, ToastProvider } from '@tollkeeper/ui'
import { useState } from 'react'
import { createApiClient } from './api/api-client.ts'
import { createQueryClient } from './api/query-client.ts'
import { TRPCProvider } from './api/trpc.ts'
import { router } from './routes/router.tsx'
import { StepUpDialog } from './step-up/step-up-dialog.tsx'

/** Everything around the screens: the locale, the client that acts for no tenant, notifications, the addresses. */
export function App() {
  const [client] = useState(() => createApiClient(null))
  const [queries] = useState(() => createQueryClient())
  return (
    <LocaleProvider locale="en">
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={client} queryClient={queries}>
          <ToastProvider>
            <RouterProvider router={router} />
            <StepUpDialog />
          </ToastProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </LocaleProvider>
  )
}
