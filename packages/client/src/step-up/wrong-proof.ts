const codes: ReadonlySet<string> = new Set(['auth.password_wrong', 'auth.second_factor_wrong', 'auth.step_up_code_wrong'])

/** Whether a refusal of a proof says that the secret itself was wrong, which is best said beside where it was typed. */
export function isWrongProof(code: string): boolean {
  return codes.has(code)
}
