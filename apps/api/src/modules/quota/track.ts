import type { TrackAnswer, TrackInput } from '@tollkeeper/shared'
import type { TenantContext } from '../../kernel/context.ts'

export async function track(_ctx: TenantContext, _input: TrackInput): Promise<TrackAnswer> {
  throw new Error('track is not built')
}
