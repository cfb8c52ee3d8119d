export const text = {
  retry: 'Try again',
  retryAfter: (seconds: number) =>
    seconds < 90
      ? `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
      : `Try again in ${Math.ceil(seconds / 60)} minutes.`,
  more: 'Show more',
  setUpSecondStep: 'Set up two-step sign-in',
}
