import type { Template } from '../letter.ts'

type Change = 'on' | 'off' | 'changed' | 'new_backup_codes' | 'backup_code_used' | 'reset'

interface SecondFactorChanged {
  name: string
  change: Change
  at: string
}

const english: Record<Change, { subject: string; what: string }> = {
  on: {
    subject: 'Two-step sign-in is on',
    what: 'two-step sign-in was turned on for your account',
  },
  off: {
    subject: 'Two-step sign-in is off',
    what: 'two-step sign-in was turned off for your account, so one step opens it',
  },
  changed: {
    subject: 'Two-step sign-in was changed',
    what: 'what two-step sign-in asks for was changed for your account. It stays on',
  },
  reset: {
    subject: 'Your second step was reset',
    what: 'an operator of this service reset the two-step sign-in of your account, signed everybody out, so one step opens it',
  },
  new_backup_codes: {
    subject: 'You have new backup codes',
    what: 'new backup codes were made for your account, and the old ones no longer work',
  },
  backup_code_used: {
    subject: 'A backup code was used',
    what: 'one of your backup codes was used to sign in. It does not work a second time',
  },
}

const chinese: Record<Change, { subject: string; what: string }> = {
  on: { subject: '两步验证已开启', what: '您的账号已开启两步验证' },
  off: { subject: '两步验证已关闭', what: '您的账号已关闭两步验证，今后只需一步即可登录' },
  changed: { subject: '两步验证方式已更改', what: '您账号两步验证所用的方式已更改，两步验证仍然开启' },
  reset: { subject: '两步验证已被重置', what: '本服务的管理员重置了您账号的两步验证，所有设备均已退出登录，今后只需一步即可登录' },
  new_backup_codes: { subject: '备用验证码已更新', what: '您的账号生成了新的备用验证码，旧的全部作废' },
  backup_code_used: { subject: '有人用备用验证码登录', what: '您的一个备用验证码被用于登录，该码已失效' },
}

export const secondFactorChanged: Template<SecondFactorChanged> = {
  about: 'security',
  en: ({ name, change, at }) => ({
    subject: english[change].subject,
    paragraphs: [
      `${name}, ${english[change].what}. It happened on ${at}.`,
      'If it was you, there is nothing to do. If not, choose a new password now: the link that is mailed to you signs everybody out.',
    ],
    action: { label: 'It was not me', path: '/forgot-password' },
  }),
  zh: ({ name, change, at }) => ({
    subject: chinese[change].subject,
    paragraphs: [
      `${name}，${chinese[change].what}。时间：${at}。`,
      '如果是您本人操作，无需理会。如果不是，请立即重设密码：我们会寄出一个链接，用它重设后，所有人都会被强制退出。',
    ],
    action: { label: '不是我本人', path: '/forgot-password' },
  }),
}
