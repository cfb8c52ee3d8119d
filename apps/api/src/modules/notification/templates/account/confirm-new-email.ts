import { pathWithToken, type Template } from '../letter.ts'

/** Goes to an address nobody has proved, so it holds nothing the person who typed it could have written. */
export const confirmNewEmail: Template<{ token: string; hours: number }> = {
  about: 'security',
  en: ({ token, hours }) => ({
    subject: 'Confirm your new address',
    paragraphs: [
      'Somebody, most likely you, wants to use this address for their account. Open the link to prove that it is yours.',
    ],
    action: { label: 'Use this address', path: pathWithToken('/confirm-email', token) },
    notes: [
      `The link works once, for ${hours} hours. Until then the account keeps the address it has.`,
      'If it was not you, do nothing: without the link nothing changes.',
    ],
  }),
  zh: ({ token, hours }) => ({
    subject: '请确认新邮箱',
    paragraphs: ['有人（很可能是您本人）想把账号改用这个邮箱。打开链接，证明它属于您。'],
    action: { label: '改用这个邮箱', path: pathWithToken('/confirm-email', token) },
    notes: [
      `链接只能使用一次，${hours} 小时内有效。确认之前，账号仍使用原来的邮箱。`,
      '如果不是您本人操作，无需理会，不打开链接就不会有任何变化。',
    ],
  }),
}
