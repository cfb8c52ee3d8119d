import type { Invoice } from '../invoices/invoice.ts'
import { formatMoney } from '../objects/money.ts'
import { day } from './words.ts'

interface Placed {
  text: string
  x: number
  y: number
  size: number
}

const perPage = 30

/** The invoice as a plain PDF in the reader's own Helvetica. Letters outside Latin-1 become question marks. */
export function invoicePdf(invoice: Invoice): Buffer {
  const pages: Placed[][] = []
  const lines = invoice.lines.data
  for (let start = 0; start === 0 || start < lines.length; start += perPage) {
    const rows = lines.slice(start, start + perPage).flatMap((line, index) => rowAt(690 - index * 20, line, invoice.currency))
    pages.push([...(start === 0 ? heading(invoice) : []), ...rows])
  }
  const last = 670 - ((lines.length - 1) % perPage) * 20
  pages
    .at(-1)
    ?.push(
      { text: `Total  ${formatMoney(invoice.total, invoice.currency)}`, x: 400, y: last - 10, size: 11 },
      { text: `Paid  ${formatMoney(invoice.amount_paid, invoice.currency)}`, x: 400, y: last - 28, size: 11 },
    )
  return assemble(pages.map((page) => page.map(draw).join('\n')))
}

function heading(invoice: Invoice): Placed[] {
  const who = [invoice.customer_name, invoice.customer_email].filter(Boolean).join(', ')
  return [
    { text: `Invoice ${invoice.number ?? 'draft'}`, x: 50, y: 780, size: 18 },
    { text: `Issued ${day(invoice.created)}. Status: ${invoice.status}. ${who}`, x: 50, y: 755, size: 10 },
    { text: 'Sandbox: no money moved.', x: 50, y: 738, size: 10 },
  ]
}

function rowAt(y: number, line: Invoice['lines']['data'][number], currency: string): Placed[] {
  return [
    { text: (line.description ?? '').slice(0, 70), x: 50, y, size: 10 },
    { text: formatMoney(line.amount, currency), x: 460, y, size: 10 },
  ]
}

function draw({ text, x, y, size }: Placed): string {
  const latin = text.replace(/−/g, '-').replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
  return `BT /F1 ${size} Tf ${x} ${y} Td (${latin.replace(/[\\()]/g, '\\$&')}) Tj ET`
}

/** Numbers the objects, joins them and writes the table of where each begins. */
function assemble(pages: string[]): Buffer {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file + table + trailer, 'latin1')
}
