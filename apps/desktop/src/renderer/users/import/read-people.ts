import { ImportedUser } from '@tollkeeper/shared'

/** Where a row came from, for people: its line, or its place in a list. */
export interface ReadPeople {
  users: ImportedUser[]
  /** What could not be read at all. */
  faults: { place: string; message: string }[]
}

const columns = ['email', 'name', 'verified', 'hash'] as const

/**
 * Reads people out of a file: a JSON list, JSON lines, or CSV with a head line of `email,name,verified,hash`. What they say is judged
 * by the server; here only their form.
 */
export function readPeople(text: string): ReadPeople {
  const trimmed = text.trim()
  if (trimmed === '') return { users: [], faults: [] }
  if (trimmed.startsWith('[')) return readList(trimmed)
  const lines = trimmed.split(/\r?\n/)
  return trimmed.startsWith('{') ? readJsonLines(lines) : readCsv(lines)
}

function readList(text: string): ReadPeople {
  const parsed = parse(text)
  if (!Array.isArray(parsed)) return { users: [], faults: [{ place: 'File', message: 'It is not JSON that can be read.' }] }
  return gather(parsed.map((row, index) => ({ place: `Entry ${index + 1}`, row })))
}

function readJsonLines(lines: string[]): ReadPeople {
  return gather(lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ place: `Line ${index + 1}`, row: parse(line) }])))
}

function readCsv([head = '', ...lines]: string[]): ReadPeople {
  const names = splitCsv(head).map((name) => name.trim().toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) return { users: [], faults: [{ place: 'Line 1', message: `The head line lacks ${missing.join(', ')}.` }] }
  return gather(
    lines.flatMap((line, index) => {
      if (line.trim() === '') return []
      const cells = splitCsv(line)
      const row = Object.fromEntries(columns.map((column) => [column, cells[names.indexOf(column)] ?? '']))
      return [{ place: `Line ${index + 2}`, row: { ...row, verified: /^(true|yes|1)$/i.test((row.verified ?? '').trim()) } }]
    }),
  )
}

function gather(rows: { place: string; row: unknown }[]): ReadPeople {
  const read: ReadPeople = { users: [], faults: [] }
  for (const { place, row } of rows) {
    const user = ImportedUser.safeParse(row)
    if (user.success) read.users.push(user.data)
    else {
      const [issue] = user.error.issues
      read.faults.push({ place, message: issue ? `${issue.path.join('.') || 'row'}: ${issue.message}` : 'It cannot be read.' })
    }
  }
  return read
}

/** One line of CSV (RFC 4180), without line breaks inside of cells. */
function splitCsv(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
