import type { Template } from '../letter.ts'

export const signInEnded: Template<{ name: string; signedInAt: string; device: string | null }> = {
  about: 'security',
  en: ({ name, signedInAt, device }) => ({
    subject: 'A sign-in of yours was ended',
    paragraphs: [
      `${name}, a refresh token of yours was used a second time. That happens when a token was copied, so the whole sign-in it belongs to was ended: the one of ${signedInAt}${device ? `, from "${device}"` : ''}.`,
      'If you restored a device from a backup, sign in on it again; nothing else is needed. If you cannot explain it, treat that device as not yours alone and change your password.',
    ],
    action: { label: 'Sign in again', path: '/sign-in' },
  }),
  zh: ({ name, signedInAt, device }) => ({
    subject: '您的一次登录已被终止',
    paragraphs: [
      `${name}，您的一个刷新令牌被第二次使用。令牌遭人复制时就会这样，所以我们终止了它所属的那次登录：${signedInAt}${device ? `，设备“${device}”` : ''}。`,
      '如果您刚从备份恢复过设备，在该设备上重新登录即可。如果想不出原因，请当作该设备已有他人可用，并修改密码。',
    ],
    action: { label: '重新登录', path: '/sign-in' },
  }),
}
