import { expect, test } from 'vitest'
import { splitLinks } from './split-links.ts'

const linksOf = (text: string) => splitLinks(text).flatMap(({ kind, text: piece }) => (kind === 'link' ? [piece] : []))

test('nothing of the text is lost or doubled', () => {
  for (const text of ['', 'plain', 'http://a/b', 'Go to http://a/b, then https://c/d?e=f#g.', '(https://a.example/b)\n\nx']) {
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  }
})

test('what ends a sentence does not belong to the address', () => {
  expect(linksOf('Open http://localhost:4000/verify-email?token=abc.DEF-1_2, please.')).toEqual([
    'http://localhost:4000/verify-email?token=abc.DEF-1_2',
  ])
  expect(linksOf('(see https://a.example/b)')).toEqual(['https://a.example/b'])
})

test('only web addresses become links', () => {
  expect(linksOf('javascript:alert(1) file:///etc/passwd mailto:a@b.example ftp://a.example')).toEqual([])
})
