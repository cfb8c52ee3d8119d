/** What is sent, over and over, on every connection. */
export interface LoadOrder {
  port: number
  path: string
  headers: Record<string, string>
  body: string
  connections: number
  seconds: number
  /** Stops after this many answers, if it comes before the time is over. */
  mostRequests?: number
  /** API keys: each request carries one of them, by turns. Instead of an `authorization` among the headers. */
  secrets?: string[]
  /** Requests a second, whether or not the answers keep up; absent: the next one follows the answer. */
  perSecond?: number
  /** True: connections that the server breaks end quietly, for a server that is going to be killed. */
  surviving?: boolean
}

/** Where a body has this, every request has a text of its own of the same length. */
export const UNIQUE = 'unique_________'

export interface LoadReport {
  answers: number
  /** Answers that are 200 and hold the text `"allowed":true`. */
  allowed: number
  /** Answers of any other status than 200. */
  failures: number
  seconds: number
  /** Milliseconds. */
  p50: number
  p99: number
}
