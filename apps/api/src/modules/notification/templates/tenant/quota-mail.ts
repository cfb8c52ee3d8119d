import type { Locale } from '@tollkeeper/shared'
import type { Fact } from '../letter.ts'

/** A quota as it stands, for the mails that speak of it. */
export interface QuotaStanding {
  name: string
  tenant: string
  feature: string
  /** In the feature's unit, as the limit. */
  used: number
  limit: number
  /** When it starts again, in the reader's words; null: never. */
  resetsAt: string | null
}

const words = {
  en: { used: 'Used', limit: 'Limit', resets: 'Starts again', never: 'Does not start again' },
  zh: { used: '已用', limit: '额度', resets: '重置时间', never: '不会重置' },
} satisfies Record<Locale, object>

export function standingFacts({ feature, used, limit, resetsAt }: QuotaStanding, locale: Locale): readonly Fact[] {
  const { used: usedWord, limit: limitWord, resets, never } = words[locale]
  const number = new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en-GB')
  return [
    [feature, `${Math.floor((used / limit) * 100)} %`],
    [usedWord, number.format(used)],
    [limitWord, number.format(limit)],
    [resets, resetsAt ?? never],
  ]
}
