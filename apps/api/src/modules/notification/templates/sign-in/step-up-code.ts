import type { Template } from '../letter.ts'

/** For who is signed in and has to prove again who they are. It leads nowhere: only the page that asked takes the code. */
export const stepUpCode: Template<{ name: string; code: string; minutes: number }> = {
  about: 'security',
  en: ({ name, code, minutes }) => ({
    subject: 'Your code to go on in Tollkeeper',
    code,
    paragraphs: [
      `${name}, type the code below where you were asked for it, to show that what is about to be changed is your wish.`,
    ],
    notes: [
      `The code works once, for ${minutes} minutes, and only in the session that asked for it.`,
      'Tell the code to nobody. If it was not you who asked, somebody else is signed in to your account: look at your sessions and end what you do not know.',
    ],
  }),
  zh: ({ name, code, minutes }) => ({
    subject: 'Tollkeeper 操作验证码',
    code,
    paragraphs: [`${name}，请在要求验证的页面输入下面的验证码，以确认即将进行的更改是您本人的意愿。`],
    notes: [
      `验证码只能使用一次，${minutes} 分钟内有效，且只能用于申请它的那个会话。`,
      '请勿将验证码告诉任何人。如果不是您本人申请，说明有人登录了您的账号：请查看您的会话，并结束您不认识的会话。',
    ],
  }),
}
