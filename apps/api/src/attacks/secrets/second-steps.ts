/** The code that is right for each half-done sign-in of the tests: the door for those asks for both. */
export const codeOfChallenge = new Map<string, string>()
