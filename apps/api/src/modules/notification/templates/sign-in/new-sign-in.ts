import { pathWithToken, type Template } from '../letter.ts'

export interface NewSignIn {
  name: string
  at: string
  device: string | null
  address: string | null
  token: string
}

export const newSignIn: Template<NewSignIn> = {
  about: 'newSignIn',
  en: ({ name, at, device, address, token }) => ({
    subject: 'New sign-in to your account',
    paragraphs: [
      `${name}, somebody signed in to your account from a device or network we had not seen before: ${at}${device ? `, with ${device}` : ''}${address ? `, from ${address}` : ''}.`,
      'If it was you, there is nothing to do. If not, end it now; then you choose a new password.',
    ],
    action: { label: 'It was not me', path: pathWithToken('/not-me', token) },
    notes: ['You can turn these mails off in your preferences.'],
  }),
  zh: ({ name, at, device, address, token }) => ({
    subject: '您的账号有新的登录',
    paragraphs: [
      `${name}，有人从我们没见过的设备或网络登录了您的账号：${at}${device ? `，${device}` : ''}${address ? `，IP 地址 ${address}` : ''}。`,
      '如果是您本人，无需理会。如果不是，请立即终止这次登录，然后重设密码。',
    ],
    action: { label: '不是我本人', path: pathWithToken('/not-me', token) },
    notes: ['不想再收到这类邮件，可在偏好设置中关闭。'],
  }),
}
