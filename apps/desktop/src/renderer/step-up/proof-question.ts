import { createProofQuestion } from '@tollkeeper/client/step-up'

/** The question of this window. */
export const proofQuestion = createProofQuestion()
