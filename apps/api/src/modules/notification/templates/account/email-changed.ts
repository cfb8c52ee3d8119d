import type { Template } from '../letter.ts'

/** To the address that was left. */
export const emailChanged: Template<{ name: string; newEmail: string; at: string }> = {
  about: 'security',
  en: ({ name, newEmail, at }) => ({
    subject: 'Your account has another address now',
    paragraphs: [
      `${name}, since ${at} your account belongs to ${newEmail}. Mails about it no longer come here.`,
      'If it was not you, tell the operator of this service at once.',
    ],
  }),
  zh: ({ name, newEmail, at }) => ({
    subject: '您的账号已更换邮箱',
    paragraphs: [
      `${name}，自 ${at} 起，您的账号已改用 ${newEmail}，相关邮件不再发往本邮箱。`,
      '如果不是您本人操作，请立即联系本服务的运营方。',
    ],
  }),
}
