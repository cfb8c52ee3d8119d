/** How a link inside running text looks. */
export const textLink = 'rounded-sm font-medium text-accent underline decoration-1 underline-offset-4 hover:text-accent-strong'
