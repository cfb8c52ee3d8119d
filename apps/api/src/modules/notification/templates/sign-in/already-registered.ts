import type { Template } from '../letter.ts'

export const alreadyRegistered: Template<Record<string, never>> = {
  about: 'security',
  en: () => ({
    subject: 'You already have an account',
    paragraphs: [
      'Somebody, most likely you, asked for an account with this address, or wanted to move one to it, and there is an account for it already. Nothing was changed: sign in with the password you have.',
    ],
    action: { label: 'Sign in', path: '/sign-in' },
    notes: ['If it was not you, do nothing. Whoever tried was not told that the account exists.'],
  }),
  zh: () => ({
    subject: '您已经有账号了',
    paragraphs: [
      '刚才有人（很可能是您本人）想用这个邮箱注册，或者想把别的账号改到这个邮箱，而它名下已有账号。我们没有做任何改动，请用原来的密码登录。',
    ],
    action: { label: '登录', path: '/sign-in' },
    notes: ['如果不是您本人操作，无需理会。对方并不知道这个账号存在。'],
  }),
}
