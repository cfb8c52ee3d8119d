import type { Template } from '../letter.ts'

interface TrialEnding {
  name: string
  tenant: string
  plan: string
  /** Per month. */
  price: string
  endsAt: string
}

export const trialEnding: Template<TrialEnding> = {
  about: 'billing',
  en: ({ name, tenant, plan, price, endsAt }) => ({
    subject: `The trial of ${tenant} ends soon`,
    paragraphs: [
      `${name}, the trial of the ${plan} plan of ${tenant} ends on ${endsAt}. Then it costs ${price} a month.`,
      'If you want to keep it, there is nothing to do. If not, cancel before that day and nothing is charged.',
    ],
    facts: [
      ['Plan', plan],
      ['Price per month', price],
      ['Trial ends', endsAt],
    ],
    action: { label: 'See the subscription', path: '/billing' },
  }),
  zh: ({ name, tenant, plan, price, endsAt }) => ({
    subject: `${tenant} 的试用即将结束`,
    paragraphs: [
      `${name}，${tenant} 的 ${plan} 套餐试用将于 ${endsAt} 结束，之后每月收费 ${price}。`,
      '如需继续使用，无需任何操作。如不需要，请在此之前取消，不会产生任何费用。',
    ],
    facts: [
      ['套餐', plan],
      ['每月价格', price],
      ['试用结束', endsAt],
    ],
    action: { label: '查看订阅', path: '/billing' },
  }),
}
