import type { Template } from '../letter.ts'
import { type QuotaStanding, standingFacts } from './quota-mail.ts'

export const quotaNear: Template<QuotaStanding> = {
  about: 'quota',
  en: (standing) => ({
    subject: `${standing.tenant} has used 80 % of ${standing.feature}`,
    paragraphs: [
      `${standing.name}, ${standing.tenant} nears its limit of ${standing.feature}. Past it, requests are refused until it starts again.`,
    ],
    facts: standingFacts(standing, 'en'),
    action: { label: 'See the plans', path: '/plans' },
    notes: ['You can turn these mails off in your preferences.'],
  }),
  zh: (standing) => ({
    subject: `${standing.tenant} 的${standing.feature}已用去 80 %`,
    paragraphs: [`${standing.name}，${standing.tenant} 的${standing.feature}即将用完。用完之后，请求会被拒绝，直到额度重置。`],
    facts: standingFacts(standing, 'zh'),
    action: { label: '查看套餐', path: '/plans' },
    notes: ['不想再收到这类邮件，可在偏好设置中关闭。'],
  }),
}
