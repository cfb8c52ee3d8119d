/** The code that is right for each secret that is asked for together with one, such as a half-done sign-in. */
export const codeBeside = new Map<string, string>()
