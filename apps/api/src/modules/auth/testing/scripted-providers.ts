import { startScriptedGithub } from './scripted-github.ts'
import { startScriptedGoogle } from './scripted-google.ts'

export interface ScriptedProviders extends AsyncDisposable {
  github: Awaited<ReturnType<typeof startScriptedGithub>>
  google: Awaited<ReturnType<typeof startScriptedGoogle>>
  /** What a server is started with to send people there. */
  environment: Record<string, string>
}

/** Both providers, scripted, and what makes a test server know them. */
export async function startScriptedProviders(): Promise<ScriptedProviders> {
  const [github, google] = await Promise.all([startScriptedGithub(), startScriptedGoogle()])
  return {
    github,
    google,
    environment: {
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      GITHUB_BASE_URL: github.url,
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET: 'secret',
      GOOGLE_DISCOVERY_URL: google.discoveryUrl,
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([github[Symbol.asyncDispose](), google[Symbol.asyncDispose]()])
    },
  }
}
