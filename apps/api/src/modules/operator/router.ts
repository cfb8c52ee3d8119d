import {
  BooksState,
  Done,
  EndUserSessionInput,
  ImpersonateInput,
  Impersonation,
  ImportReport,
  ImportUsersInput,
  MailIdInput,
  MailPage,
  MailSearchInput,
  OperatorTenantDetail,
  OperatorTenantPage,
  OperatorUserDetail,
  OperatorUserPage,
  Overview,
  PageInput,
  pageOf,
  RebuildBooksInput,
  RebuiltBooks,
  RecentDecisions,
  ResetMailOutcome,
  ResetSecondFactorInput,
  SetOperatorRoleInput,
  SetTenantStatusInput,
  SetUserStatusInput,
  SuppressedAddressInput,
  Suppression,
  TenantIdInput,
  TenantSearchInput,
  UserIdInput,
  UserSearchInput,
} from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { operatorProcedure } from '../../trpc/procedures.ts'
import { booksState } from '../quota/index.ts'
import { impersonate } from './impersonate.ts'
import { importUsers } from './import-users.ts'
import { listMails } from './outbox/list-mails.ts'
import { resendMail } from './outbox/resend-mail.ts'
import { listSuppressions, removeSuppression } from './outbox/suppressions.ts'
import { readOverview } from './overview.ts'
import { readUser } from './read-user.ts'
import { rebuildBooks } from './rebuild-books.ts'
import { recentDecisions } from './recent-decisions.ts'
import { resetUserSecondFactor } from './reset-second-factor.ts'
import { setOperatorRole } from './set-operator-role.ts'
import { setTenantStatus } from './set-tenant-status.ts'
import { setUserStatus } from './set-user-status.ts'
import { endUserSession, sendUserReset, verifyUserEmail } from './support-user.ts'
import { listTenants, readTenant } from './tenants.ts'
import { listUsers } from './users.ts'

const read = { permission: 'operator:read', audit: null, idempotent: 'read', limit: 'read' } as const
const support = { permission: 'user:support', idempotent: 'natural', limit: 'write' } as const

export const operatorRouter = router({
  overview: operatorProcedure({ ...read, rest: null })
    .output(Overview)
    .query(({ ctx }) => readOverview(ctx)),

  users: operatorProcedure({ ...read, rest: { method: 'GET', path: '/users', summary: 'Everyone who has registered' } })
    .input(UserSearchInput)
    .output(OperatorUserPage)
    .query(({ ctx, input }) => listUsers(ctx, input)),

  user: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/users/{id}', summary: 'One person, with sessions and history' },
  })
    .input(UserIdInput)
    .output(OperatorUserDetail)
    .query(({ ctx, input }) => readUser(ctx, input.id)),

  setUserStatus: operatorProcedure({
    permission: 'user:suspend',
    audit: 'user.suspended',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'PUT', path: '/users/{id}/status', summary: 'Suspend a person, which ends all they hold, or restore them' },
  })
    .input(SetUserStatusInput)
    .output(Done)
    .mutation(({ ctx, input }) => setUserStatus(ctx, input)),

  setOperatorRole: operatorProcedure({
    permission: 'operator:assign',
    audit: 'operator.role_set',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'PUT', path: '/users/{id}/role', summary: 'Give a person an operator role, or take it' },
  })
    .input(SetOperatorRoleInput)
    .output(Done)
    .mutation(({ ctx, input }) => setOperatorRole(ctx, input)),

  endUserSession: operatorProcedure({
    ...support,
    audit: 'session.ended',
    stepUp: false,
    rest: { method: 'DELETE', path: '/users/{id}/sessions/{sessionId}', summary: 'End a session of a person' },
  })
    .input(EndUserSessionInput)
    .output(Done)
    .mutation(({ ctx, input }) => endUserSession(ctx, input)),

  verifyUserEmail: operatorProcedure({
    ...support,
    audit: 'user.email_verified',
    stepUp: true,
    rest: { method: 'POST', path: '/users/{id}/verify-email', summary: "Take a person's address as proved" },
  })
    .input(UserIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => verifyUserEmail(ctx, input)),

  sendUserReset: operatorProcedure({
    ...support,
    audit: 'user.password_reset_sent',
    limit: 'mail',
    stepUp: false,
    rest: {
      method: 'POST',
      path: '/users/{id}/password-reset',
      summary: 'Mail a person the link that sets their password',
      status: 202,
    },
  })
    .input(UserIdInput)
    .output(ResetMailOutcome)
    .mutation(({ ctx, input }) => sendUserReset(ctx, input)),

  mails: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/mails', summary: 'Mails and what became of them, never what they say' },
  })
    .input(MailSearchInput)
    .output(MailPage)
    .query(({ ctx, input }) => listMails(ctx, input)),

  resendMail: operatorProcedure({
    ...support,
    audit: 'mail.resent',
    stepUp: false,
    rest: { method: 'POST', path: '/mails/{id}/resend', summary: 'Try a mail again that was given up', status: 202 },
  })
    .input(MailIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => resendMail(ctx, input.id)),

  mailSuppressions: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/mail-suppressions', summary: 'Addresses that refused mail for good' },
  })
    .input(PageInput)
    .output(pageOf(Suppression))
    .query(({ ctx, input }) => listSuppressions(ctx, input)),

  removeMailSuppression: operatorProcedure({
    ...support,
    audit: 'mail.suppression_removed',
    stepUp: false,
    rest: { method: 'DELETE', path: '/mail-suppressions/{address}', summary: 'Let mail go to an address again' },
  })
    .input(SuppressedAddressInput)
    .output(Done)
    .mutation(({ ctx, input }) => removeSuppression(ctx, input.address)),

  resetSecondFactor: operatorProcedure({
    ...support,
    audit: 'user.second_factor_reset',
    stepUp: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/second-factor/reset',
      summary: 'Take the second factor of a person who lost it away; they are told',
    },
  })
    .input(ResetSecondFactorInput)
    .output(Done)
    .mutation(({ ctx, input }) => resetUserSecondFactor(ctx, input)),

  impersonate: operatorProcedure({
    permission: 'user:impersonate',
    audit: 'user.impersonated',
    idempotent: 'natural',
    limit: 'sign_in',
    stepUp: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/impersonate',
      summary: 'Act as a person for fifteen minutes; they are told',
      status: 201,
    },
  })
    .input(ImpersonateInput)
    .output(Impersonation)
    .mutation(({ ctx, input }) => impersonate(ctx, input)),

  importUsers: operatorProcedure({
    permission: 'user:import',
    audit: 'users.imported',
    idempotent: 'key',
    limit: 'write',
    stepUp: true,
    rest: { method: 'POST', path: '/users/import', summary: 'Bring people in with the password hashes they have elsewhere' },
  })
    .input(ImportUsersInput)
    .output(ImportReport)
    .mutation(({ ctx, input }) => importUsers(ctx, input)),

  tenants: operatorProcedure({ ...read, rest: null })
    .input(TenantSearchInput)
    .output(OperatorTenantPage)
    .query(({ ctx, input }) => listTenants(ctx, input)),

  tenant: operatorProcedure({ ...read, rest: null })
    .input(TenantIdInput)
    .output(OperatorTenantDetail)
    .query(({ ctx, input }) => readTenant(ctx, input.id)),

  setTenantStatus: operatorProcedure({
    permission: 'tenant:suspend',
    audit: 'tenant.suspended',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: {
      method: 'PUT',
      path: '/tenants/{id}/status',
      summary: 'Suspend a tenant, which refuses every decision for it, or restore it',
    },
  })
    .input(SetTenantStatusInput)
    .output(Done)
    .mutation(({ ctx, input }) => setTenantStatus(ctx, input)),

  books: operatorProcedure({
    ...read,
    rest: { method: 'GET', path: '/books', summary: 'Whether all balances are what the ledger adds up to' },
  })
    .output(BooksState)
    .query(({ ctx }) => booksState(ctx.services)),

  rebuildBooks: operatorProcedure({
    permission: 'books:rebuild',
    audit: 'books.rebuilt',
    idempotent: 'natural',
    stepUp: false,
    limit: 'write',
    rest: { method: 'POST', path: '/tenants/{id}/books', summary: 'Set the balances of a tenant to what the ledger adds up to' },
  })
    .input(RebuildBooksInput)
    .output(RebuiltBooks)
    .mutation(({ ctx, input }) => rebuildBooks(ctx, input)),

  recentDecisions: operatorProcedure({ ...read, rest: null })
    .input(TenantIdInput)
    .output(RecentDecisions)
    .query(({ ctx, input }) => recentDecisions(ctx, input.id)),
})
