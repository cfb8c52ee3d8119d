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
}

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
