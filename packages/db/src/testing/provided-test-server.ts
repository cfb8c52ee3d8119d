/** What the global set-up hands to the test files: a server, and the migrated database they copy. */
export type ProvidedTestServer = { adminUrl: string; template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    tollkeeperTestServer: ProvidedTestServer
  }
}
