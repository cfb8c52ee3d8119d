import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useToast } from '@tollkeeper/ui'
import { useTRPC } from '../../api/trpc.ts'
import { keepChosenTenant } from '../../session/chosen-tenant.ts'
import { text } from './text.ts'

/** Goes into the tenant that was joined. */
export function useJoined(tenantName: string) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  return async (tenantId: string) => {
    keepChosenTenant(tenantId)
    await queries.invalidateQueries({ queryKey: trpc.auth.me.queryKey() })
    await navigate({ to: '/', replace: true })
    toast({ title: text.joined(tenantName) })
  }
}
