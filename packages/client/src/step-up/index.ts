export { createProofQuestion, type ProofQuestion } from './proof-question.ts'
export { repeatWhenProved } from './repeat-when-proved.ts'
export { isWrongProof } from './wrong-proof.ts'
