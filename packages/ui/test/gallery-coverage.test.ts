import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as ui from '../src/index.ts'

const folder = join(import.meta.dirname, '../gallery')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.startsWith('dist'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')

const components = Object.keys(ui).filter((name) => /^[A-Z]/.test(name))

test('every component is shown in the gallery', () => {
  expect(components.length).toBeGreaterThan(40)
  expect(components.filter((component) => !new RegExp(`<${component}[\\s/>]`).test(sources))).toEqual([])
})
