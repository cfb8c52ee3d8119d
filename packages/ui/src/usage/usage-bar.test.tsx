import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LocaleProvider } from '../locale/locale.tsx'
import { UsageBar } from './usage-bar.tsx'

const text = (markup: string) => markup.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')

test('everything the bar shows is also written: usage, limit, what is left, the forecast', () => {
  const markup = renderToStaticMarkup(
    <UsageBar label="Characters" used={18_412} limit={50_000} forecast={41_000} unit="characters" />,
  )
  expect(text(markup)).toBe('Characters18,412 of 50,000 characters31,588 left · Forecast 41,000')
})

test('over the limit says by how much, and is hatched', () => {
  const markup = renderToStaticMarkup(<UsageBar label="Tasks" used={1_340} limit={1_000} />)
  expect(text(markup)).toContain('340 over the limit')
  expect(markup).toContain('bg-hatched')
})

test('unlimited has no post and says so', () => {
  const markup = renderToStaticMarkup(<UsageBar label="Seats" used={12} limit={null} unit="seats" />)
  expect(text(markup)).toBe('Seats12 seatsUnlimited')
  expect(markup).not.toContain('bg-ink')
})

test('a remainder past 2^53 is exact', () => {
  const markup = renderToStaticMarkup(<UsageBar label="Units" used={1n} limit={9_007_199_254_740_994n} />)
  expect(text(markup)).toContain('9,007,199,254,740,993 left')
})

test('words and numbers can be in another language', () => {
  const markup = renderToStaticMarkup(
    <LocaleProvider locale="de">
      <UsageBar
        label="Zeichen"
        used={1_000}
        limit={50_000}
        labels={{ of: (limit) => `von ${limit}`, left: (rest) => `${rest} übrig` }}
      />
    </LocaleProvider>,
  )
  expect(text(markup)).toBe('Zeichen1.000 von 50.00049.000 übrig')
})
