/** The carrying of one event to one endpoint, however often it is sent. */
export interface Delivery {
  /** `event.endpoint`. */
  id: string
  event: string
  endpoint: string
  /** `dropped` is a fault switched on by a test: never sent, and never acknowledged. */
  status: 'pending' | 'succeeded' | 'failed' | 'dropped'
  attempts: Attempt[]
}

export interface Attempt {
  /** Unix milliseconds on the real clock. */
  at: number
  /** The HTTP status that came back, or null if none did. */
  status: number | null
  error: string | null
}
