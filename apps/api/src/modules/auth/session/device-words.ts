import type { Device } from '@tollkeeper/shared'

/** In this order: a browser names its ancestors too. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/\bTollkeeper(?:Console)?\//i, 'Tollkeeper Console'],
  [/\bElectron\//, 'Desktop app'],
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^python-(?:requests|httpx|urllib)|^python-/i, 'Python'],
  [/^node\b|^undici\b/i, 'Node.js'],
  [/^Go-http-client\//, 'Go'],
  [/^okhttp\//, 'Android app'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** What a User-Agent header says of a device, in words; nothing of it is proof. */
export function deviceOf(userAgent: string | null | undefined): Device {
  return { program: firstOf(programs, userAgent), system: firstOf(systems, userAgent) }
}

/** A device in one phrase, the way a mail names it; null when it says nothing we know. */
export function namedDevice({ program, system }: Device): string | null {
  return program && system ? `${program} (${system})` : (program ?? system)
}

function firstOf(known: readonly (readonly [RegExp, string])[], userAgent: string | null | undefined): string | null {
  return known.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null
}
