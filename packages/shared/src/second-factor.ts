import { z } from 'zod'

/** What can be proved beside a first factor. `approval`: a device that was let in from a session of two factors. */
export const SecondFactorProof = z.enum(['totp', 'backup_code', 'passkey', 'approval'])
export type SecondFactorProof = z.infer<typeof SecondFactorProof>
