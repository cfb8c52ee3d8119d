import { pathWithToken, type Template } from '../letter.ts'

/** Goes to an address nobody has proved, so it holds nothing the person who typed it could have written. */
export const verifyEmail: Template<{ token: string; hours: number }> = {
  about: 'security',
  en: ({ token, hours }) => ({
    subject: 'Verify your address',
    paragraphs: [
      'Somebody, most likely you, registered with this address. Open the link and enter the password you chose, to prove that both are yours; then you can sign in.',
    ],
    action: { label: 'Verify this address', path: pathWithToken('/verify-email', token) },
    notes: [
      `The link works once, for ${hours} hours.`,
      'If it was not you, do nothing: without the link there is no account, and the password that was chosen opens nothing.',
    ],
  }),
  zh: ({ token, hours }) => ({
    subject: '请验证您的邮箱',
    paragraphs: [
      '有人（很可能是您本人）用这个邮箱注册了账号。请打开链接，并输入注册时设置的密码，确认两者都属于您，之后就能登录。',
    ],
    action: { label: '验证邮箱', path: pathWithToken('/verify-email', token) },
    notes: [
      `链接只能使用一次，${hours} 小时内有效。`,
      '如果不是您本人注册，无需理会：没有这个链接，账号不会建立，对方设置的密码也毫无用处。',
    ],
  }),
}
