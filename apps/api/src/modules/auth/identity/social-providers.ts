import { type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins'
import { z } from 'zod'
import type { Config } from '../../../config/config.ts'

type Tokens = { accessToken?: string | undefined }

/**
 * GitHub and Google where they are configured. With a base address set (GitHub Enterprise, or a stand-in for tests) the same
 * provider is spoken to there, under the same id, so accounts stay what they are.
 */
export function socialProviders({ github, google }: Pick<Config, 'github' | 'google'>) {
  const elsewhere: GenericOAuthConfig[] = []
  if (github?.baseUrl) elsewhere.push(githubAt(github.baseUrl, github))
  if (google?.discoveryUrl) {
    elsewhere.push({
      providerId: 'google',
      clientId: google.clientId,
      clientSecret: google.clientSecret,
      discoveryUrl: google.discoveryUrl,
      scopes: ['openid', 'email', 'profile'],
      pkce: true,
    })
  }
  return {
    builtIn: {
      ...(github && !github.baseUrl ? { github: { clientId: github.clientId, clientSecret: github.clientSecret } } : {}),
      ...(google && !google.discoveryUrl ? { google: { clientId: google.clientId, clientSecret: google.clientSecret } } : {}),
    },
    plugins: elsewhere.length > 0 ? [genericOAuth({ config: elsewhere })] : [],
  }
}

function githubAt(baseUrl: string, { clientId, clientSecret }: { clientId: string; clientSecret: string }): GenericOAuthConfig {
  return {
    providerId: 'github',
    clientId,
    clientSecret,
    authorizationUrl: `${baseUrl}/login/oauth/authorize`,
    tokenUrl: `${baseUrl}/login/oauth/access_token`,
    scopes: ['read:user', 'user:email'],
    pkce: true,
    getUserInfo: (tokens) => readGithubUser(baseUrl, tokens),
  }
}

const GithubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish(), avatar_url: z.string().nullish() })
const GithubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

/** The profile's own address may be anything; the list of addresses says which is the primary one, and whether it was proved. */
async function readGithubUser(baseUrl: string, { accessToken }: Tokens) {
  const api = new URL(baseUrl).hostname === 'github.com' ? 'https://api.github.com' : baseUrl
  const ask = async (path: string) => {
    const response = await fetch(`${api}${path}`, {
      headers: { authorization: `Bearer ${accessToken ?? ''}`, accept: 'application/vnd.github+json', 'user-agent': 'tollkeeper' },
      signal: AbortSignal.timeout(10_000),
      redirect: 'error',
    })
    return response.ok ? ((await response.json()) as unknown) : null
  }
  const [user, emails] = [GithubUser.safeParse(await ask('/user')), GithubEmails.safeParse(await ask('/user/emails'))]
  const primary = emails.success ? emails.data.find((entry) => entry.primary) : undefined
  if (!user.success || !primary) return null
  const { id, login, name, avatar_url: image } = user.data
  return { id: String(id), name: name || login, email: primary.email, emailVerified: primary.verified, image: image ?? undefined }
}
