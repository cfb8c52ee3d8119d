import { pathWithToken, type Template } from '../letter.ts'

export const resetPassword: Template<{ token: string; hasPassword: boolean }> = {
  about: 'security',
  en: ({ token, hasPassword }) => ({
    subject: hasPassword ? 'Choose a new password' : 'Set a password',
    paragraphs: [
      hasPassword
        ? 'Somebody, most likely you, has forgotten the password of the account with this address. Open the link to choose a new one.'
        : 'Your account has no password so far: you come in by another service. Open the link to set one.',
      'Every device that is signed in now will have to sign in again.',
    ],
    action: { label: hasPassword ? 'Choose a new password' : 'Set a password', path: pathWithToken('/reset-password', token) },
    notes: [
      'The link works once, for one hour. A newer one takes its place.',
      'If it was not you, do nothing: your account stays as it is.',
    ],
  }),
  zh: ({ token, hasPassword }) => ({
    subject: hasPassword ? '重设密码' : '设置密码',
    paragraphs: [
      hasPassword
        ? '有人（很可能是您本人）忘记了这个邮箱对应账号的密码。打开链接即可重设。'
        : '您一直通过第三方登录，账号还没有密码。打开链接即可设置。',
      '完成后，所有已登录的设备都需要重新登录。',
    ],
    action: { label: hasPassword ? '重设密码' : '设置密码', path: pathWithToken('/reset-password', token) },
    notes: ['链接只能使用一次，一小时内有效；再次申请后，旧链接随即失效。', '如果不是您本人操作，无需理会，账号不会有任何变化。'],
  }),
}
