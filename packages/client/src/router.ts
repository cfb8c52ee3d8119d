/** The router's type, and nothing of the server at run time. */
export type { AppRouter } from '@tollkeeper/api/router'
