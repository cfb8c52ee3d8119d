import type { Template } from '../letter.ts'

interface PaymentFailed {
  name: string
  tenant: string
  plan: string
  amount: string
  /** Until when the plan stays in force unpaid. */
  until: string
}

export const paymentFailed: Template<PaymentFailed> = {
  about: 'billing',
  en: ({ name, tenant, plan, amount, until }) => ({
    subject: `The payment for ${tenant} did not go through`,
    paragraphs: [
      `${name}, the payment for the ${plan} plan of ${tenant} was refused. Everything goes on until ${until}; after that, ${tenant} falls back to the plan that costs nothing.`,
      'Most often a card has expired. Give another way to pay, and the payment is tried again.',
    ],
    facts: [
      ['Amount', amount],
      ['Plan', plan],
      ['Stays in force until', until],
    ],
    action: { label: 'Mend the payment', path: '/billing' },
  }),
  zh: ({ name, tenant, plan, amount, until }) => ({
    subject: `${tenant} 扣款失败`,
    paragraphs: [
      `${name}，${tenant} 的 ${plan} 套餐扣款被拒。${until} 之前一切照常；逾期未付，${tenant} 将转回免费套餐。`,
      '最常见的原因是银行卡过期。请更换付款方式，系统会重新扣款。',
    ],
    facts: [
      ['金额', amount],
      ['套餐', plan],
      ['保留至', until],
    ],
    action: { label: '处理付款', path: '/billing' },
  }),
}
