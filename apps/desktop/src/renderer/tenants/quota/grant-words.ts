import type { GrantView } from '@tollkeeper/shared'
import type { StatusTone } from '@tollkeeper/ui'

export const sourceWords: Record<GrantView['source'], string> = { manual: 'By hand', promotional: 'Promotion', top_up: 'Top-up' }

export const stateWords: Record<GrantView['state'], { word: string; tone: StatusTone }> = {
  live: { word: 'In use', tone: 'allowed' },
  waiting: { word: 'Not begun', tone: 'info' },
  used_up: { word: 'Used up', tone: 'neutral' },
  expired: { word: 'Expired', tone: 'neutral' },
  voided: { word: 'Taken back', tone: 'denied' },
}
