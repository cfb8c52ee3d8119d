import { Freshened, PasskeyOptions, PasskeySignInInput, StepUpInput, StepUpMailed, StepUpOptions } from '@tollkeeper/shared'
import { router } from '../../trpc/init.ts'
import { userProcedure } from '../../trpc/procedures.ts'
import { confirmOptions } from './passkey/confirm.ts'
import { mailStepUpCode } from './step-up/mailed-code.ts'
import { stepUp, stepUpByPasskey } from './step-up/step-up.ts'
import { readStepUpOptions } from './step-up/step-up-options.ts'

const ask = { audit: null, idempotent: 'natural', stepUp: false } as const
/** A browser gets another cookie for it. */
const prove = { audit: 'session.proved', idempotent: 'natural', limit: 'sign_in', stepUp: false, setsCookie: true } as const

/** To prove again who one is, before a sensitive act. */
export const stepUpRouter = router({
  options: userProcedure({
    audit: null,
    idempotent: 'read',
    limit: 'read',
    rest: { method: 'GET', path: '/auth/step-up', summary: 'How you can prove again who you are' },
  })
    .output(StepUpOptions)
    .query(({ ctx }) => readStepUpOptions(ctx)),

  prove: userProcedure({
    ...prove,
    rest: { method: 'POST', path: '/auth/step-up', summary: 'Prove again who you are; sensitive acts ask nothing for ten minutes' },
  })
    .input(StepUpInput)
    .output(Freshened)
    .mutation(({ ctx, input }) => stepUp(ctx, input)),

  passkeyOptions: userProcedure({
    ...ask,
    limit: 'sign_in',
    rest: { method: 'POST', path: '/auth/step-up/passkey/options', summary: 'What the browser needs to ask you for a passkey' },
  })
    .output(PasskeyOptions)
    .mutation(({ ctx }) => confirmOptions(ctx, 'confirm')),

  proveByPasskey: userProcedure({
    ...prove,
    rest: { method: 'POST', path: '/auth/step-up/passkey', summary: 'Prove again who you are with a passkey' },
  })
    .input(PasskeySignInInput)
    .output(Freshened)
    .mutation(({ ctx, input }) => stepUpByPasskey(ctx, input)),

  mailCode: userProcedure({
    ...ask,
    limit: 'mail',
    rest: {
      method: 'POST',
      path: '/auth/step-up/mail',
      summary: 'Have a code mailed to you to prove again who you are',
      status: 202,
    },
  })
    .output(StepUpMailed)
    .mutation(({ ctx }) => mailStepUpCode(ctx)),
})
