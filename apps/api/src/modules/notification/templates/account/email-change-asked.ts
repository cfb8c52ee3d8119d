import { pathWithToken, type Template } from '../letter.ts'

export const emailChangeAsked: Template<{ name: string; newEmail: string; token: string }> = {
  about: 'security',
  en: ({ name, newEmail, token }) => ({
    subject: 'Your address is about to change',
    paragraphs: [
      `${name}, your account is to get another address: ${newEmail}. It changes as soon as the link in the mail to that address is opened.`,
      'If it was you, there is nothing to do here. If not, somebody knows your password: stop the change, then choose a new one.',
    ],
    action: { label: 'Stop the change', path: pathWithToken('/cancel-email-change', token) },
    notes: ['Stopping it signs out every device, yours too.'],
  }),
  zh: ({ name, newEmail, token }) => ({
    subject: '您的账号即将更换邮箱',
    paragraphs: [
      `${name}，有人申请把您账号的邮箱改为 ${newEmail}。发往新邮箱的链接一经打开，更换立即生效。`,
      '如果是您本人操作，无需理会。如果不是，说明有人知道您的密码：请先阻止更换，再重设密码。',
    ],
    action: { label: '阻止更换', path: pathWithToken('/cancel-email-change', token) },
    notes: ['阻止更换会让所有设备退出登录，包括您自己的。'],
  }),
}
