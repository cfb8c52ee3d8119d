import { formatMoney } from '../objects/money.ts'

/** `31 Jan 2027`, in UTC. */
export function day(unix: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(unix * 1000)
}

/** `31 Jan 2027, 14:05 UTC`. */
export function moment(unix: number): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(unix * 1000)
  return `${day(unix)}, ${time} UTC`
}

/** `¥29.00 CNY per month`. */
export function perInterval(amount: number, currency: string, every: { interval: string; interval_count: number }): string {
  const interval = every.interval_count === 1 ? `per ${every.interval}` : `every ${every.interval_count} ${every.interval}s`
  return `${formatMoney(amount, currency)} ${interval}`
}
