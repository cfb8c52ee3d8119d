import type { Template } from '../letter.ts'

export const deletionCancelled: Template<{ name: string; at: string }> = {
  about: 'security',
  en: ({ name, at }) => ({
    subject: 'Your account stays',
    paragraphs: [
      `${name}, the deletion of your account was stopped on ${at}. Everything is as it was.`,
      'If it was not you, choose a new password: the link that is mailed to you signs everybody out.',
    ],
    action: { label: 'Open your account', path: '/account' },
  }),
  zh: ({ name, at }) => ({
    subject: '您的账号已保留',
    paragraphs: [
      `${name}，删除账号的申请已于 ${at} 撤销，一切照旧。`,
      '如果不是您本人操作，请重设密码：我们会寄出一个链接，用它重设后，所有人都会被强制退出。',
    ],
    action: { label: '打开我的账号', path: '/account' },
  }),
}
