export const text = {
  provider: { github: 'GitHub', google: 'Google' },
  passkeyCancelled: 'No passkey was used. Try again, or choose another way.',
  passkeyKnown: 'This device already has a passkey for your account.',
}
