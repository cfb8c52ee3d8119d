import type { Template } from '../letter.ts'

export const deletionScheduled: Template<{ name: string; on: string; days: number }> = {
  about: 'security',
  en: ({ name, on, days }) => ({
    subject: 'Your account will be deleted',
    paragraphs: [
      `${name}, somebody, most likely you, asked to delete your account. It will be deleted on ${on}, and everything about you with it. Until then nothing is lost: sign in within ${days} days and you can keep it.`,
      'If it was not you, sign in now, keep the account, and choose a new password.',
    ],
    action: { label: 'Keep my account', path: '/account' },
    notes: ['After that day it cannot be brought back. Invoices are kept as the law asks, without your name.'],
  }),
  zh: ({ name, on, days }) => ({
    subject: '您的账号即将删除',
    paragraphs: [
      `${name}，有人（很可能是您本人）申请删除您的账号。账号将于 ${on} 删除，您的所有资料也会一并清除。在此之前一切照旧：${days} 天内登录，即可保留账号。`,
      '如果不是您本人操作，请立即登录，选择保留账号，并修改密码。',
    ],
    action: { label: '保留我的账号', path: '/account' },
    notes: ['删除之后无法恢复。发票依法留存，但不再带有您的姓名。'],
  }),
}
