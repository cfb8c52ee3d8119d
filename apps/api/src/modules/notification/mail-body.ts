/** What the two bodies of a mail are sealed for: the links in them are keys. */
export const mailBody = 'mail body'
