import type { Template } from '../letter.ts'

export const welcome: Template<{ name: string }> = {
  about: 'security',
  en: ({ name }) => ({
    subject: 'Your address is verified',
    paragraphs: [
      `${name}, your account is ready, with a space of your own on the Free plan.`,
      'Issue an API key there, and ask for your first decision.',
    ],
    action: { label: 'Open your space', path: '/' },
  }),
  zh: ({ name }) => ({
    subject: '邮箱验证完成',
    paragraphs: [
      `${name}，您好！账号已经开通，您的专属空间正使用免费版。`,
      '进入空间签发一个 API 密钥，就可以发起第一次授权请求。',
    ],
    action: { label: '进入我的空间', path: '/' },
  }),
}
