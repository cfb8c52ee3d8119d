import { expect, test } from 'vitest'
import { charactersOf, paragraphsOf } from '../src/paragraphs.ts'
import { toPigLatin } from '../src/pig-latin.ts'

test.each([
  ['There she blows!—there she blows!', 'Erethay eshay owsblay!—erethay eshay owsblay!'],
  ['I am a square, quick yellow rhythm', 'Iway amway away aresquay, ickquay ellowyay ythmrhay'],
  ["CHAPTER 133. Don't", "APTERCHAY 133. On'tday"],
  ['naïve 鲸鱼 🐋', 'anayïevay 鲸鱼 🐋'],
])('%s', (english, pigLatin) => {
  expect(toPigLatin(english)).toBe(pigLatin)
})

test('paragraphs stand between empty lines, whatever the ends of the lines are', () => {
  expect(paragraphsOf('\n one\nline \r\n\r\n  \r\n two\n\n')).toEqual(['one\nline', 'two'])
  expect(paragraphsOf(' \n\n')).toEqual([])
})

test('a character is a code point', () => {
  expect(charactersOf('é鲸🐋')).toBe(3)
})
