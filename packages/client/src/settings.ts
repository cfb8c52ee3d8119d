import type { OfflineOptions } from './offline/options.ts'

export interface TollkeeperOptions {
  /** The server's address, for example `http://localhost:4000`. */
  url: string
  /** An API key, `tk_…`. It may be undefined only so that an environment variable can be handed over as it is. */
  apiKey: string | undefined
  /** Another `fetch`, for example one that goes through a proxy. */
  fetch?: typeof globalThis.fetch
  /** Milliseconds one call may take, with every repetition and every wait. Absent: 10,000. */
  timeoutMs?: number
  /** What happens while Tollkeeper cannot be reached. Absent: nothing passes, and nothing is kept. */
  offline?: OfflineOptions
}

export interface Settings {
  /** Without a slash at the end. */
  url: string
  authorization: string
  fetch: typeof globalThis.fetch
  timeoutMs: number
}

/**
 * Reads the options once, so that a wrong one is found where it was written and not at the first call.
 * @throws TypeError that names the option and what to do
 */
export function readSettings({ url, apiKey, fetch = globalThis.fetch, timeoutMs = 10_000 }: TollkeeperOptions): Settings {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TypeError(
      `The url ${JSON.stringify(url)} is not an http or https address. Give the server's, such as http://localhost:4000.`,
    )
  }
  const key = apiKey?.trim()
  if (!key)
    throw new TypeError(
      `There is no apiKey. Issue one at ${withoutSlash(url)}/keys and hand it over, for example in TOLLKEEPER_API_KEY.`,
    )
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new TypeError('The apiKey has characters that no key has. Check that exactly the key was copied, or issue a new one.')
  }
  if (!(timeoutMs > 0)) throw new TypeError(`The timeoutMs ${timeoutMs} is not a number of milliseconds above zero.`)
  return { url: withoutSlash(url), authorization: `Bearer ${key}`, fetch, timeoutMs }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
