import { DeletionScheduled, Done, FileStream, PersonalData, RequestDeletionInput } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { userProcedure } from '../../trpc/procedures.ts'
import { cancelDeletion } from './cancel-deletion.ts'
import { exportData } from './export-data.ts'
import { requestDeletion } from './request-deletion.ts'

/** What is held about a person: theirs to take along, and to have erased. */
export const personalDataRouter = router({
  export: userProcedure({
    audit: 'user.data_exported',
    idempotent: 'natural',
    limit: 'costly',
    stepUp: true,
    rest: {
      method: 'POST',
      path: '/users/me/export',
      summary: 'Everything that is held about you, as one document',
      produces: 'application/json',
      shape: PersonalData,
    },
  })
    .output(FileStream)
    .mutation(({ ctx }) => exportData(ctx)),

  requestDeletion: userProcedure({
    audit: 'user.deletion_asked',
    idempotent: 'natural',
    limit: 'write',
    stepUp: true,
    rest: { method: 'DELETE', path: '/users/me', summary: 'Have your account deleted in fourteen days', status: 202 },
  })
    .input(RequestDeletionInput)
    .output(DeletionScheduled)
    .mutation(({ ctx, input }) => requestDeletion(ctx, input)),

  cancelDeletion: userProcedure({
    audit: 'user.deletion_cancelled',
    idempotent: 'natural',
    limit: 'write',
    stepUp: false,
    rest: { method: 'DELETE', path: '/users/me/deletion', summary: 'Keep your account after all' },
  })
    .output(Done)
    .mutation(({ ctx }) => cancelDeletion(ctx)),
})
