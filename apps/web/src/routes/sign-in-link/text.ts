export const text = {
  title: 'Sign in',
  body: 'The link of the mail signs in this browser. If it is not yours, close the page.',
  act: 'Sign in here',
  noToken: { title: 'This link is not whole', body: 'Open it from the mail again, or copy all of it.' },
  dead: { title: 'This link does not work', body: 'It works once, and only for ten minutes. Ask for another mail.' },
  again: 'Ask for another mail',
}
