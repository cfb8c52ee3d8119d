import type { Template } from './letter.ts'

export const welcome: Template<{ name: string }> = {
  en: ({ name }) => ({
    subject: 'Your address is verified',
    paragraphs: [
      `${name}, your account is ready, with a space of your own on the Free plan.`,
      'Issue an API key there, and ask for your first decision.',
    ],
    action: { label: 'Open your space', path: '/' },
  }),
}
