import type { MemberView } from '@tollkeeper/shared'
import type { FakeAnswers } from '../answers.ts'
import { ago, day, id, minute, user } from './made-up.ts'

const members: MemberView[] = [
  {
    id: id('mem', 1),
    userId: user.id,
    name: user.name,
    email: user.email,
    role: 'owner',
    joinedAt: ago(90 * day),
    liveKeys: 2,
  },
  {
    id: id('mem', 2),
    userId: id('usr', 2),
    name: 'Grace Hopper',
    email: 'grace@example.com',
    role: 'admin',
    joinedAt: ago(30 * day),
    liveKeys: 1,
  },
  {
    id: id('mem', 3),
    userId: id('usr', 3),
    name: '张伟',
    email: 'wei.zhang@a-rather-long-company-name.example',
    role: 'member',
    joinedAt: ago(2 * day),
    liveKeys: 0,
  },
]

/** Who belongs to the tenant, who was asked to, what it asks of them, and what they did. */
export const tenant: FakeAnswers = {
  'tenant.member.list': () => ({
    rows: members,
    nextCursor: null,
    total: 3,
  }),
  'tenant.invitation.list': () => ({
    rows: (['pending', 'expired', 'accepted', 'declined', 'revoked'] as const).map((status, index) => ({
      id: id('ivt', index + 1),
      email: index === 1 ? 'wei.zhang@a-rather-long-company-name.example' : `person${index}@example.com`,
      role: index === 0 ? ('admin' as const) : ('member' as const),
      status,
      invitedBy: { userId: user.id, name: index === 3 ? null : user.name },
      sends: 1,
      createdAt: ago((index + 1) * day),
      sentAt: ago((index + 1) * day),
      expiresAt: ago((index - 6) * day),
    })),
    nextCursor: null,
  }),
  'tenant.invitation.describe': () => ({
    tenant: 'Acme Translations',
    inviter: 'Grace Hopper',
    email: user.email,
    role: 'admin',
    status: 'pending',
    expiresAt: ago(-6 * day),
  }),
  'audit.list': () => ({
    rows: [
      ['api_key.issued', { name: 'ci', scopes: 'usage:read' }, user.id],
      ['subscription.checkout_started', { plan: 'starter' }, user.id],
      ['api_key.revoked', { name: 'laptop of Ada' }, id('usr', 2)],
      ['subscription.started', { plan: 'starter', from: 'free' }, null],
      ['tenant.created', {}, user.id],
    ].map(([action, details, actorId], index) => ({
      id: id('aud', 9 - index),
      action: action as string,
      actor: { kind: actorId === null ? ('system' as const) : ('user' as const), id: actorId as string | null },
      target: id('key', index),
      details: details as Record<string, string>,
      requestId: id('req', index),
      at: ago(index * index * 7 * 60 * minute),
    })),
    nextCursor: null,
  }),
  'tenant.security.read': () => ({ secondFactorRequired: false }),
  'tenant.security.set': ({ secondFactorRequired }: { secondFactorRequired: boolean }) => ({ secondFactorRequired }),
  'tenant.security.membersWithout': () => ({
    rows: members.slice(1).map(({ liveKeys: _liveKeys, ...member }) => member),
    nextCursor: null,
    total: 2,
  }),
}
