// Writes every mail in every language as a page, to look at. Usage: node scripts/mail-gallery.ts [folder]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Locale } from '@tollkeeper/shared'
import { renderMail } from '../src/modules/notification/templates/index.ts'
import { samplesOf, templateNames } from '../src/modules/notification/testing/samples.ts'

const folder = resolve(process.argv[2] ?? '../../.data/mails')
const samples = samplesOf('Ada Lovelace')
mkdirSync(folder, { recursive: true })
const rows: string[] = []
for (const name of templateNames) {
  for (const locale of Locale.options) {
    const { subject, text, html } = await renderMail(name, samples[name] as never, 'https://accounts.example.com', locale)
    writeFileSync(join(folder, `${name}.${locale}.html`), html)
    writeFileSync(join(folder, `${name}.${locale}.txt`), `${subject}\n\n${text}`)
    rows.push(`<li><a href="${name}.${locale}.html">${name}, ${locale}</a>: ${subject.replaceAll('<', '&lt;')}</li>`)
  }
}
writeFileSync(join(folder, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Mails</title><ul>${rows.join('\n')}</ul>`)
console.log(`${rows.length} mails in ${folder}/index.html`)
