import type { InvitationStatus, TenantRole } from '@tollkeeper/shared'

const roles: Record<TenantRole, string> = { owner: 'an owner', admin: 'an admin', member: 'a member' }

export const text = {
  title: (tenant: string) => `Join ${tenant}`,
  plainTitle: 'Your invitation',
  offer: (inviter: string | null, role: TenantRole) =>
    inviter === null ? `You are invited to be ${roles[role]}.` : `${inviter} invites you to be ${roles[role]}.`,
  forAddress: 'Invited address',
  expires: 'Expires',
  accept: 'Accept invitation',
  decline: 'Decline',
  home: 'Go to the home page',
  joined: (tenant: string) => `You belong to ${tenant} now`,
  noToken: { title: 'This link is not whole', body: 'Open it from the mail again, or copy all of its address.' },
  ended: {
    accepted: { title: 'This invitation was accepted', body: 'It works once. If it was you, sign in.' },
    declined: { title: 'This invitation was declined', body: 'Ask who invited you for another one, if you changed your mind.' },
    revoked: { title: 'This invitation is no longer open', body: 'Who invited you has taken it back, or may not invite any more.' },
    expired: { title: 'This invitation has expired', body: 'Ask who invited you to send it again.' },
  } satisfies Record<Exclude<InvitationStatus, 'pending'>, { title: string; body: string }>,
  declined: { title: 'You declined', body: 'Nothing was made for you, and the link works no more.' },
  other: {
    title: 'You are signed in as somebody else',
    body: (mine: string, invited: string) => `This browser is signed in as ${mine}, and the invitation is for ${invited}.`,
    signOut: 'Sign out and go on',
  },
  account: {
    have: 'I have an account',
    signIn: 'Sign in to accept',
    make: 'Create your account',
    makeBody: 'The link has proved your address, so there is no further mail.',
    name: 'Name',
    password: 'Password',
    passwordHelp: 'At least 12 characters. A few unrelated words are easy to keep in mind.',
    nameMissing: 'Enter your name.',
    passwordMissing: 'Choose a password of at least 12 characters.',
    submit: 'Create account and join',
    exists: { title: 'You have an account already', body: 'Sign in to it with this address; then you can accept.' },
  },
}
