import { pathWithToken, type Template } from '../letter.ts'

/** Goes to whatever address somebody typed, so it holds nothing they could have written. */
export const signInMail: Template<{ token: string; code: string; minutes: number }> = {
  about: 'security',
  en: ({ token, code, minutes }) => ({
    subject: 'Sign in to Tollkeeper',
    code,
    paragraphs: [
      'Type the code below on the page where you asked for it. Or open the link, on any device: it signs in the browser you open it in. Who has no account yet gets one.',
    ],
    action: { label: 'Sign in', path: pathWithToken('/sign-in-link', token) },
    notes: [
      `The code and the link work once, for ${minutes} minutes.`,
      'Tell the code to nobody. If it was not you who asked, do nothing: without this mail nobody comes in.',
    ],
  }),
  zh: ({ token, code, minutes }) => ({
    subject: '登录 Tollkeeper',
    code,
    paragraphs: [
      '请在申请验证码的页面输入下面的验证码；也可以在任意设备上打开下面的链接，登录的就是打开链接的那个浏览器。还没有账号的话，会为您建立一个。',
    ],
    action: { label: '登录', path: pathWithToken('/sign-in-link', token) },
    notes: [
      `验证码和链接只能使用一次，${minutes} 分钟内有效。`,
      '请勿将验证码告诉任何人。如果不是您本人申请，无需理会：没有这封邮件，谁也无法登录。',
    ],
  }),
}
