import { createProofQuestion } from '@tollkeeper/client/step-up'

/** The question of this page. */
export const proofQuestion = createProofQuestion()
