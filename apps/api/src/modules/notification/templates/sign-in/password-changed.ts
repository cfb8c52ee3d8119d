import type { Template } from '../letter.ts'

export const passwordChanged: Template<{ name: string; at: string }> = {
  about: 'security',
  en: ({ name, at }) => ({
    subject: 'Your password was changed',
    paragraphs: [
      `${name}, the password of your account was changed on ${at}. Other devices have been signed out.`,
      'If it was you, there is nothing to do. If not, choose a new password now: the link that is mailed to you signs everybody out.',
    ],
    action: { label: 'It was not me', path: '/forgot-password' },
  }),
  zh: ({ name, at }) => ({
    subject: '您的密码已修改',
    paragraphs: [
      `${name}，您的账号密码已于 ${at} 修改，其他设备均已退出登录。`,
      '如果是您本人操作，无需理会。如果不是，请立即重设密码：我们会寄出一个链接，用它重设后，所有人都会被强制退出。',
    ],
    action: { label: '不是我改的', path: '/forgot-password' },
  }),
}
