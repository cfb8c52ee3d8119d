import type { Template } from '../letter.ts'

interface Receipt {
  name: string
  tenant: string
  /** As the provider numbers its invoices; null where it gave none. */
  number: string | null
  amount: string
  paidAt: string
}

export const receipt: Template<Receipt> = {
  about: 'receipt',
  en: ({ name, tenant, number, amount, paidAt }) => ({
    subject: `Receipt for ${tenant}: ${amount}`,
    paragraphs: [`${name}, we have received a payment for ${tenant}. Thank you.`],
    facts: [
      ['Invoice', number ?? '–'],
      ['Paid', amount],
      ['On', paidAt],
    ],
    action: { label: 'See the invoice', path: '/billing' },
    notes: ['You can turn these mails off in your preferences.'],
  }),
  zh: ({ name, tenant, number, amount, paidAt }) => ({
    subject: `${tenant} 的收据：${amount}`,
    paragraphs: [`${name}，我们已收到 ${tenant} 的付款，感谢您的支持。`],
    facts: [
      ['发票号', number ?? '–'],
      ['实付', amount],
      ['时间', paidAt],
    ],
    action: { label: '查看发票', path: '/billing' },
    notes: ['不想再收到这类邮件，可在偏好设置中关闭。'],
  }),
}
