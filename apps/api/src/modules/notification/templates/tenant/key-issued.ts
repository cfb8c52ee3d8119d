import type { Template } from '../letter.ts'

interface KeyIssued {
  name: string
  tenant: string
  key: string
  /** How the secret begins; the rest was shown once, to who issued it. */
  prefix: string
  issuer: string
  at: string
}

export const keyIssued: Template<KeyIssued> = {
  about: 'keyIssued',
  en: ({ name, tenant, key, prefix, issuer, at }) => ({
    subject: 'A new API key was issued',
    paragraphs: [
      `${name}, an API key was issued for ${tenant}.`,
      'If nobody of yours did that, revoke it: it is refused within a second.',
    ],
    facts: [
      ['Key', key],
      ['Begins with', prefix],
      ['Issued by', issuer],
      ['On', at],
    ],
    action: { label: 'See the keys', path: '/keys' },
    notes: ['You can turn these mails off in your preferences.'],
  }),
  zh: ({ name, tenant, key, prefix, issuer, at }) => ({
    subject: '签发了新的 API 密钥',
    paragraphs: [`${name}，${tenant} 签发了一个新的 API 密钥。`, '如果不是你们的人签发的，请将其吊销，一秒之内即告失效。'],
    facts: [
      ['密钥', key],
      ['开头', prefix],
      ['签发人', issuer],
      ['时间', at],
    ],
    action: { label: '查看密钥', path: '/keys' },
    notes: ['不想再收到这类邮件，可在偏好设置中关闭。'],
  }),
}
