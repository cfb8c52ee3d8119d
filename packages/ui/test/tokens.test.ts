import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contrast } from './contrast.ts'

const css = readFileSync(join(import.meta.dirname, '../src/styles/tokens.css'), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, { light, dark }]),
)

function colour(name: string, theme: 'light' | 'dark'): string {
  const value = tokens.get(name)?.[theme]
  if (value === undefined) throw new Error(`tokens.css has no --color-${name}.`)
  return value
}

const surfaces = ['surface', 'surface-raised', 'surface-sunken']
const states = ['accent', 'allowed', 'denied', 'warning', 'info']

const text: [string, string][] = [
  ...surfaces.flatMap((surface): [string, string][] => [
    ['ink', surface],
    ['ink-muted', surface],
  ]),
  ...states.flatMap((state): [string, string][] => [
    [state, 'surface'],
    [state, 'surface-raised'],
    [state, `${state}-soft`],
  ]),
  ['ink', 'accent-soft'],
  ['ink-muted', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-denied', 'denied'],
  ['surface', 'ink'],
]

const meaningfulLines: [string, string][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'surface-raised'],
  ['line-strong', 'surface-sunken'],
  ['accent', 'surface-sunken'],
  ['warning-fill', 'surface-sunken'],
  ['denied', 'surface-sunken'],
  ...['chart-1', 'chart-2', 'chart-3'].flatMap((chart): [string, string][] => [
    [chart, 'surface'],
    [chart, 'surface-raised'],
  ]),
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(text)('%s on %s can be read', (front, back) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(meaningfulLines)('%s stands out from %s', (front, back) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(3)
  })
})

test('the yardstick itself is right', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
