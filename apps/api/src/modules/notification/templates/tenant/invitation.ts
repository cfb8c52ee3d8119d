import type { TenantRole } from '@tollkeeper/shared'
import { pathWithToken, type Template } from '../letter.ts'
import { withoutLinks } from '../without-links.ts'

interface Invitation {
  tenant: string
  inviter: string
  role: TenantRole
  token: string
  days: number
}

const roles: Record<'en' | 'zh', Record<TenantRole, string>> = {
  en: { owner: 'an owner', admin: 'an admin', member: 'a member' },
  zh: { owner: '所有者', admin: '管理员', member: '成员' },
}

/** Goes to an address nobody has proved. The two names in it are others' words, so no reader of mail may make links of them. */
export const invitation: Template<Invitation> = {
  about: 'security',
  en: ({ tenant, inviter, role, token, days }) => ({
    subject: `You are invited to ${withoutLinks(tenant)}`,
    paragraphs: [
      `“${withoutLinks(inviter)}” invites you to “${withoutLinks(tenant)}”, as ${roles.en[role]}. Sign in with this address, or make an account with it, to accept.`,
    ],
    action: { label: 'See the invitation', path: pathWithToken('/invitation', token) },
    notes: [
      `The link is for this address alone and works once, for ${days} days.`,
      'If you do not know them, do nothing: no account is made for you.',
    ],
  }),
  zh: ({ tenant, inviter, role, token, days }) => ({
    subject: `邀请您加入“${withoutLinks(tenant)}”`,
    paragraphs: [
      `“${withoutLinks(inviter)}”邀请您加入“${withoutLinks(tenant)}”，角色为${roles.zh[role]}。请用这个邮箱登录或注册，即可接受邀请。`,
    ],
    action: { label: '查看邀请', path: pathWithToken('/invitation', token) },
    notes: [`链接仅供这个邮箱使用，只能使用一次，${days} 天内有效。`, '如果您不认识对方，无需理会，我们不会为您建立任何账号。'],
  }),
}
