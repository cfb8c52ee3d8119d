import type { Decision } from '../../src/index.ts'

export const allowed: Decision = {
  allowed: true,
  decisionId: 'dec_06f4kzs8m2v1c9q7e3r5t0w4xb',
  code: 'allowed',
  step: null,
  feature: 'characters',
  amount: 800,
  remaining: 200,
  limit: 1000,
  resetsAt: '2026-12-01T00:00:00.000Z',
  remedies: [],
}

export const denied: Decision = {
  ...allowed,
  allowed: false,
  code: 'quota.limit_reached',
  step: 'quota',
  remedies: [{ kind: 'upgrade', plan: 'starter', limit: 50_000 }],
}

export const overloaded = {
  status: 503,
  code: 'quota.overloaded',
  title: 'Too many requests are waiting.',
  detail: 'Send it again.',
  next: 'Send it again.',
  requestId: 'req_1',
}
