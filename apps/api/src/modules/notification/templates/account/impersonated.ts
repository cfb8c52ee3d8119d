import type { Template } from '../letter.ts'

export const impersonated: Template<{ name: string; at: string; reason: string }> = {
  about: 'security',
  en: ({ name, at, reason }) => ({
    subject: 'An operator opened your account',
    paragraphs: [
      `${name}, an operator of this service opened your account on ${at}, to see what you see. The reason they gave: ${reason}`,
      'They can do so for fifteen minutes. They cannot change your password or address, touch API keys, or buy or cancel anything, and whatever they do is written down under their name as well as yours.',
    ],
    action: { label: 'Open your account', path: '/sign-in' },
    notes: ['If you did not expect this, answer to whoever runs this service.'],
  }),
  zh: ({ name, at, reason }) => ({
    subject: '运营人员打开了您的账号',
    paragraphs: [
      `${name}，本服务的一位运营人员已于 ${at} 打开您的账号，以查看您所看到的内容。对方填写的原因：${reason}`,
      '此次访问最长十五分钟。对方不能修改您的密码或邮箱，不能动用 API 密钥，也不能购买或取消任何服务；其一切操作都会同时记在对方和您的名下。',
    ],
    action: { label: '打开我的账号', path: '/sign-in' },
    notes: ['如果这不在您的预期之中，请联系本服务的运营方。'],
  }),
}
