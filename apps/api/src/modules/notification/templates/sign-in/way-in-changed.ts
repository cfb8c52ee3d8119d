import type { Template } from '../letter.ts'

type Way = 'github' | 'google' | 'passkey' | 'password'

const english: Record<Way, string> = { github: 'GitHub', google: 'Google', passkey: 'a passkey', password: 'a password' }
const chinese: Record<Way, string> = { github: 'GitHub', google: 'Google', passkey: '通行密钥', password: '密码' }

/** Tells of a new way into an account, or of one that is gone. */
export const wayInChanged: Template<{ name: string; change: 'added' | 'removed'; way: Way; at: string }> = {
  about: 'security',
  en: ({ name, change, way, at }) => ({
    subject: change === 'added' ? 'There is a new way into your account' : 'A way into your account was removed',
    paragraphs: [
      `${name}, on ${at} a way to sign in was ${change === 'added' ? 'added to' : 'removed from'} your account: ${english[way]}.`,
      'If it was you, there is nothing to do. If not, choose a new password now: that signs everybody out. Then look through the ways in on your account page.',
    ],
    action: { label: 'It was not me', path: '/forgot-password' },
  }),
  zh: ({ name, change, way, at }) => ({
    subject: change === 'added' ? '您的账号新增了一种登录方式' : '您的账号移除了一种登录方式',
    paragraphs: [
      `${name}，您的账号于 ${at} ${change === 'added' ? '新增' : '移除'}了一种登录方式：${chinese[way]}。`,
      '如果是您本人操作，无需理会。如果不是，请立即重设密码，所有设备都会退出登录；然后到账号页面检查各种登录方式。',
    ],
    action: { label: '不是我操作的', path: '/forgot-password' },
  }),
}
