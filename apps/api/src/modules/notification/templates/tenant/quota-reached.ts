import type { Template } from '../letter.ts'
import { type QuotaStanding, standingFacts } from './quota-mail.ts'

export const quotaReached: Template<QuotaStanding> = {
  about: 'quota',
  en: (standing) => ({
    subject: `${standing.tenant} has used all of ${standing.feature}`,
    paragraphs: [
      `${standing.name}, ${standing.tenant} has reached its limit of ${standing.feature}. Requests that need more are refused now; a larger plan takes effect within a second.`,
    ],
    facts: standingFacts(standing, 'en'),
    action: { label: 'See the plans', path: '/plans' },
    notes: ['You can turn these mails off in your preferences.'],
  }),
  zh: (standing) => ({
    subject: `${standing.tenant} 的${standing.feature}已经用完`,
    paragraphs: [
      `${standing.name}，${standing.tenant} 的${standing.feature}已达上限，超出部分的请求目前会被拒绝。升级套餐后，一秒之内即可恢复。`,
    ],
    facts: standingFacts(standing, 'zh'),
    action: { label: '查看套餐', path: '/plans' },
    notes: ['不想再收到这类邮件，可在偏好设置中关闭。'],
  }),
}
