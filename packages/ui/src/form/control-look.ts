/** The box that every text-like control shares. */
export const controlBox = [
  'w-full min-w-0 min-h-control rounded-md border border-line-strong bg-surface-raised px-pad text-body text-ink transition-colors',
  'hover:border-ink-muted focus-visible:border-accent focus-visible:outline-offset-0',
  'aria-invalid:border-denied disabled:bg-surface-sunken disabled:text-ink-muted',
].join(' ')
