import type { EntitlementView, FeatureUsage, KeyView, PlanView } from '@tollkeeper/shared'
import type { FakeAnswers } from './answers.ts'

const minute = 60_000
const day = 24 * 60 * minute
const now = Date.now()
const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString()
const inFuture = (milliseconds: number) => new Date(now + milliseconds).toISOString()
const backupCodes = Array.from({ length: 10 }, (_, index) => `7k3q-x9m${index}-w2ba-h4t8`)
const id = (prefix: string, number: number) => `${prefix}_06f4kzs8m2v1c9q7e3r5t0${String(number).padStart(4, '0')}`

const user = {
  id: id('usr', 1),
  email: 'ada@example.com',
  emailVerified: true,
  name: 'Ada Lovelace',
  avatar: null,
  status: 'active' as const,
  operatorRole: null,
  deletesAt: null,
  createdAt: ago(90 * day),
}
const tenants = [
  { id: id('ten', 1), name: 'Ada Lovelace', slug: 'ada', role: 'owner' as const },
  { id: id('ten', 2), name: 'Acme Translations', slug: 'acme', role: 'admin' as const },
]

function entitlements(limits: [number | null, number | null, number | null, number | null, number | null]): EntitlementView[] {
  const [characters, calls, storage, tasks, seats] = limits
  return [
    { feature: 'characters', name: 'Characters', kind: 'metered', unit: 'character', limit: characters, cadence: 'day' },
    { feature: 'api_calls', name: 'API calls', kind: 'metered', unit: 'call', limit: calls, cadence: 'day' },
    { feature: 'storage_mb', name: 'Storage', kind: 'gauge', unit: 'MB', limit: storage, cadence: 'never' },
    { feature: 'concurrent_tasks', name: 'Concurrent tasks', kind: 'gauge', unit: 'task', limit: tasks, cadence: 'never' },
    { feature: 'seats', name: 'Seats', kind: 'gauge', unit: 'seat', limit: seats, cadence: 'never' },
  ]
}

const cny = (amountMinor: number) => ({ amountMinor, currency: 'cny' })
export const plans: PlanView[] = [
  {
    key: 'free',
    name: 'Free',
    description: 'To try it.',
    price: cny(0),
    rank: 0,
    selfService: false,
    entitlements: entitlements([1000, 100, 50, 1, 1]),
  },
  {
    key: 'starter',
    name: 'Starter',
    description: 'For one product on its way.',
    price: cny(2900),
    rank: 1,
    selfService: true,
    entitlements: entitlements([50_000, 5000, 1000, 5, 10]),
  },
  {
    key: 'pro',
    name: 'Pro',
    description: 'For a product people rely on.',
    price: cny(9900),
    rank: 2,
    selfService: true,
    entitlements: entitlements([500_000, 50_000, 20_000, 20, 50]),
  },
  {
    key: 'enterprise',
    name: 'Enterprise',
    description: 'By agreement, without limits.',
    price: null,
    rank: 3,
    selfService: false,
    entitlements: entitlements([null, null, null, null, null]),
  },
]

function usage(used: number[], resets: (string | null)[]): FeatureUsage[] {
  return entitlements([50_000, 5000, 1000, 5, 10]).map(({ feature, name, kind, unit, cadence, limit }, index) => ({
    feature,
    name,
    kind,
    unit,
    cadence,
    limit,
    used: used[index] ?? 0,
    reserved: 0,
    remaining: limit === null ? null : limit - (used[index] ?? 0),
    windowStart: null,
    resetsAt: resets[index] ?? null,
  }))
}

const keys: KeyView[] = [
  ['production', 'active', 3 * minute, null],
  ['ci', 'active', 2 * day, inFuture(60 * day)],
  ['laptop of Ada, with a name that goes on for longer than most', 'revoked', 40 * day, null],
  ['trial', 'expired', null, ago(5 * day)],
].map(([name, status, lastUsed, expiresAt], index) => ({
  id: id('key', index + 1),
  name: String(name),
  prefix: 'tk_7Qm2',
  lastFour: `x9${index}k`,
  scopes: index === 1 ? ['usage:read' as const] : ['decision:ask' as const, 'usage:write' as const],
  status: status as KeyView['status'],
  createdAt: ago((index + 1) * 20 * day),
  createdBy: user.id,
  expiresAt: expiresAt as string | null,
  lastUsedAt: lastUsed === null ? null : ago(Number(lastUsed)),
}))

export const allowed = {
  allowed: true,
  decisionId: id('dec', 1),
  code: 'allowed' as const,
  step: null,
  feature: 'characters',
  amount: 412,
  remaining: 12_088,
  limit: 50_000,
  resetsAt: inFuture(5 * 60 * minute),
  remedies: [],
}
export const denied = {
  ...allowed,
  allowed: false,
  decisionId: id('dec', 2),
  code: 'quota.limit_reached' as const,
  step: 'quota' as const,
  amount: 60_000,
  remedies: [
    { kind: 'upgrade' as const, plan: 'pro', limit: 500_000 },
    { kind: 'use_less' as const, amount: 12_500 },
    { kind: 'wait' as const, until: inFuture(5 * 60 * minute) },
  ],
}

/** A tenant in the middle of its life: everything has something in it. */
export const full: FakeAnswers = {
  'auth.me': () => ({ user, tenants }),
  'auth.signIn': () => ({ user, tenants }),
  'auth.signOut': () => ({ done: true }),
  'auth.register': () => ({ status: 'check_your_mail' }),
  'auth.resendVerification': () => ({ status: 'check_your_mail' }),
  'auth.confirmRegistration': () => ({ email: user.email, verified: true }),
  'auth.account.read': () => ({
    hasPassword: true,
    pendingEmail: 'ada@new.example.com',
    preferences: {
      locale: 'en',
      timeZone: 'Europe/London',
      theme: 'system',
      notifications: { newSignIn: true, keyIssued: true, quota: true, billing: true, receipt: true },
    },
  }),
  'auth.account.setAvatar': () => ({ user, tenants }),
  'auth.account.removeAvatar': () => ({ user, tenants }),
  'personalData.export': () => ({ person: user.id, at: ago(0), data: { user: [{ name: user.name }] } }),
  'personalData.requestDeletion': () => ({ deletesAt: inFuture(14 * day) }),
  'personalData.cancelDeletion': () => ({ done: true }),
  'auth.account.forgotPassword': () => ({ status: 'check_your_mail' }),
  'auth.account.resetPassword': () => ({ email: user.email }),
  'auth.challenge.read': () => ({ methods: ['passkey', 'totp', 'backup_code'], expiresAt: inFuture(9 * minute) }),
  'auth.challenge.signIn': () => ({ user, tenants }),
  'auth.secondFactor.read': () => ({
    enabled: true,
    methods: ['passkey', 'totp', 'backup_code'],
    totpSince: ago(40 * minute),
    passkeysSince: ago(20 * minute),
    passkeys: 2,
    backupCodesLeft: 2,
    requiredBy: ['Acme'],
  }),
  'auth.secondFactor.offerTotp': () => ({
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/Tollkeeper:ada%40example.com?issuer=Tollkeeper&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  }),
  'auth.secondFactor.confirmTotp': () => ({ backupCodes }),
  'auth.secondFactor.renewBackupCodes': () => ({ backupCodes }),
  'auth.stepUp.options': () => ({ methods: ['passkey', 'totp', 'backup_code'], freshUntil: inFuture(0) }),
  'auth.stepUp.prove': () => ({ freshUntil: inFuture(10 * minute) }),
  'auth.session.list': () => ({
    sessions: [
      {
        id: id('ses', 1),
        device: { program: 'Firefox', system: 'Linux' },
        address: '203.0.113.7',
        createdAt: ago(3 * day),
        lastSeenAt: ago(2 * minute),
        expiresAt: inFuture(27 * day),
        current: true,
      },
      {
        id: id('ses', 2),
        device: { program: 'Safari', system: 'iOS' },
        address: '2001:db8:12:3400::7',
        createdAt: ago(9 * day),
        lastSeenAt: ago(day),
        expiresAt: inFuture(21 * day),
        current: false,
      },
    ],
  }),
  'auth.session.history': () => ({
    rows: [
      {
        id: '12',
        method: 'password',
        outcome: 'failure',
        reason: 'wrong_password',
        address: '198.51.100.20',
        device: { program: 'curl', system: null },
        at: ago(40 * minute),
      },
      {
        id: '11',
        method: 'github',
        outcome: 'success',
        reason: null,
        address: '203.0.113.7',
        device: { program: 'Firefox', system: 'Linux' },
        at: ago(3 * day),
      },
    ],
    nextCursor: null,
  }),
  'auth.device.describe': () => ({ userCode: 'WDJB-MJHT', client: 'console', status: 'pending', expiresAt: inFuture(9 * minute) }),
  'catalog.plans': () => ({ plans }),
  'quota.current': () => ({
    tenantId: tenants[0]?.id ?? '',
    plan: 'starter',
    asOf: ago(0),
    features: usage([37_500, 4312, 1000, 2, 1], [inFuture(5 * 60 * minute), inFuture(5 * 60 * minute)]),
  }),
  'auth.waysIn': () => ({ providers: ['github', 'google'], passkeys: true }),
  'auth.mail.ask': () => ({ status: 'check_your_mail', attempt: 'a'.repeat(43), expiresAt: inFuture(10 * minute) }),
  'auth.passkey.list': () => ({
    passkeys: [
      { id: id('psk', 1), name: 'Chrome (macOS)', backedUp: true, createdAt: ago(40 * day), lastUsedAt: ago(3 * 60 * minute) },
      { id: id('psk', 2), name: 'The grey key in the drawer', backedUp: false, createdAt: ago(9 * day), lastUsedAt: null },
    ],
  }),
  'auth.provider.list': () => ({
    accounts: [{ provider: 'github', linkedAt: ago(20 * day) }],
    providers: ['github', 'google'],
  }),
  'quota.daily': () => ({
    feature: 'characters',
    unit: 'character',
    days: Array.from({ length: 30 }, (_, index) => ({
      date: ago((29 - index) * day).slice(0, 10),
      amount: index % 7 > 4 ? 2000 + index * 100 : Math.round(24_000 + 22_000 * Math.sin(index / 3) + index * 250),
    })),
  }),
  'quota.history': ({
    by,
    feature = 'characters',
    property,
  }: {
    by?: 'feature' | 'member' | 'key' | 'property'
    feature?: string
    property?: string
  }) => ({
    granularity: 'day',
    timeZone: 'UTC',
    by: by ?? 'feature',
    property: property ?? null,
    until: inFuture(0),
    eventsKeptFrom: ago(400 * day),
    buckets: Array.from({ length: 30 }, (_, index) => `${ago((29 - index) * day).slice(0, 10)}T00:00:00+00:00`),
    series: (by === undefined || by === 'feature'
      ? [null]
      : [id('usr', 1), 'a very long value of a property that goes on and on', null]
    ).map((key, place) => {
      const amounts = Array.from({ length: 30 }, (_, index) => Math.round((9_000 + 8_000 * Math.sin(index / 3)) / (place + 1)))
      const total = amounts.reduce((sum, amount) => sum + amount, 0)
      return { feature, unit: 'character', key, label: place === 0 && key ? 'Ada Lovelace' : null, isRest: false, total, amounts }
    }),
  }),
  'quota.events': () => ({
    rows: Array.from({ length: 8 }, (_, index) => ({
      id: index === 2 ? `translate:${'document-'.repeat(12)}7` : `translate:${8_412 - index}`,
      feature: 'characters',
      amount: 1_200 + index * 731,
      at: ago(index * 47 * minute),
      receivedAt: ago(index * 47 * minute),
      caller: id('key', 1),
      properties: { language: index % 2 ? 'de' : 'fr' },
    })),
    nextCursor: 'more',
  }),
  'quota.rejectedEvents': () => ({
    rows: [
      {
        id: 'translate:7001',
        code: 'quota.event_too_old',
        field: 'at',
        feature: 'characters',
        amount: 300,
        at: ago(40 * day),
        caller: id('key', 1),
        firstAt: ago(day),
        lastAt: ago(minute),
        times: 14,
      },
    ],
    nextCursor: null,
  }),
  'quota.eventTrace': ({ id: event }: { id: string }) => ({
    id: event,
    state: event.endsWith('7001') ? 'rejected' : 'counted',
    event: {
      id: event,
      feature: 'characters',
      amount: 1_200,
      at: ago(2 * minute),
      receivedAt: ago(minute),
      caller: id('key', 1),
      properties: { language: 'fr' },
    },
    repeatedAt: ago(minute / 2),
    steps: (['received', 'deduplicated', 'matched', 'counted', 'rated'] as const).map((step) => ({
      step,
      outcome: event.endsWith('7001') ? (step === 'received' ? 'refused' : 'not_reached') : 'passed',
      at: ago(minute),
      code: event.endsWith('7001') && step === 'received' ? 'quota.event_too_old' : null,
      detail:
        step === 'counted'
          ? `1200 in the window that holds ${ago(2 * minute)}.`
          : step === 'matched'
            ? 'characters is a metered feature of the plan.'
            : '',
      evidence:
        step === 'counted'
          ? [
              { kind: 'ledger_entry', id: '88213' },
              { kind: 'balance', id: 'characters/2026-11-25T00:00:00.000Z/plan' },
            ]
          : [],
    })),
    refusals: [],
  }),
  'quota.authorize': () => denied,
  'quota.explain': () => ({
    decision: denied,
    smallestChange: denied.remedies[1] ?? null,
    steps: [
      {
        step: 'credential',
        outcome: 'passed',
        code: 'allowed',
        detail: 'A session of Ada Lovelace.',
        evidence: [{ kind: 'user', id: user.id }],
      },
      { step: 'status', outcome: 'passed', code: 'allowed', detail: 'The account and the tenant are active.', evidence: [] },
      {
        step: 'membership',
        outcome: 'passed',
        code: 'allowed',
        detail: 'Owner of the tenant.',
        evidence: [{ kind: 'member', id: id('mem', 1) }],
      },
      { step: 'permission', outcome: 'passed', code: 'allowed', detail: 'The role holds decision:ask.', evidence: [] },
      {
        step: 'subscription',
        outcome: 'passed',
        code: 'allowed',
        detail: 'Starter, paid until next month.',
        evidence: [{ kind: 'subscription', id: id('sub', 1) }],
      },
      { step: 'entitlement', outcome: 'passed', code: 'allowed', detail: 'Starter grants 50,000 characters a day.', evidence: [] },
      { step: 'quota', outcome: 'refused', code: 'quota.limit_reached', detail: '60,000 asked, 12,500 left.', evidence: [] },
    ],
  }),
  'apiKey.list': () => ({ rows: keys, nextCursor: id('key', 4) }),
  'apiKey.issue': () => ({ ...keys[0]!, id: id('key', 9), name: 'staging', secret: 'tk_7Qm2vR8kXw4LpZ0sNcYb1TgHd6JfQe3AuMi5o9' }),
  'apiKey.revoke': () => ({ ...keys[0]!, status: 'revoked' }),
  'billing.current': () => ({
    plan: 'starter',
    planName: 'Starter',
    status: 'active',
    price: cny(2900),
    currentPeriodStart: ago(12 * day),
    currentPeriodEnd: inFuture(18 * day),
    cancelAtPeriodEnd: false,
    id: id('sub', 1),
  }),
  'billing.invoices': () => ({
    invoices: (['open', 'paid', 'paid', 'void'] as const).map((status, index) => ({
      id: id('inv', index + 1),
      number: `TK-2026-000${4 - index}`,
      status,
      total: cny(2900),
      amountPaid: cny(status === 'paid' ? 2900 : 0),
      createdAt: ago((12 + index * 30) * day),
      hostedUrl: 'https://pay.example/i/1',
      pdfUrl: 'https://pay.example/i/1.pdf',
    })),
  }),
  'tenant.member.list': () => ({
    rows: [
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
    ],
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
}
