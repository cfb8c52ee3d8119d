/** What is right beside each secret that is asked for together with something: the code of a half-done sign-in, the session of a code. */
export const codeBeside = new Map<string, string>()
