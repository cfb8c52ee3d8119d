import { Locale } from '@tollkeeper/shared'

/** The one of our languages a browser would rather read (RFC 9110 §12.5.4); English where it names none of them. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wishes = (acceptLanguage ?? '').split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { locale: Locale.safeParse(range.split('-')[0]).data, weight: weight ? Number(weight.slice(2)) : 1 }
  })
  let best: { locale: Locale; weight: number } | null = null
  for (const { locale, weight } of wishes) {
    if (locale && weight > (best?.weight ?? 0)) best = { locale, weight }
  }
  return best?.locale ?? 'en'
}
