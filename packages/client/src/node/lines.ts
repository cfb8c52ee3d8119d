import { createHash } from 'node:crypto'

const NEWLINE = 0x0a
const CHECKSUM_LENGTH = 16

export interface ReadLines {
  /** The contents of the lines that are as they were written. */
  lines: string[]
  /** Bytes up to the end of the last of them. */
  length: number
  /** A line, counted from 0, that is not as it was written although good ones follow; null: there is none. */
  damagedAt: number | null
}

/** Lines as they stand in the file: a checksum, a space, the content, which holds no newline. */
export function toBytes(contents: readonly string[]): Buffer {
  return Buffer.from(contents.map((content) => `${checksum(content)} ${content}\n`).join(''))
}

/**
 * Reads lines back. What follows the last good one was being written when the program or the machine ended, and nobody was
 * answered for it; it is not told.
 */
export function readLines(bytes: Buffer): ReadLines {
  const read: ReadLines = { lines: [], length: 0, damagedAt: null }
  let firstBad: number | null = null
  let number = 0
  for (let start = 0, end = bytes.indexOf(NEWLINE); end !== -1; start = end + 1, end = bytes.indexOf(NEWLINE, start), number++) {
    const content = contentOf(bytes.toString('utf8', start, end))
    if (content === null) {
      firstBad ??= number
      continue
    }
    read.damagedAt ??= firstBad
    read.lines.push(content)
    read.length = end + 1
  }
  return read
}

function contentOf(line: string): string | null {
  const content = line.slice(CHECKSUM_LENGTH + 1)
  return line.startsWith(`${checksum(content)} `) ? content : null
}

function checksum(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, CHECKSUM_LENGTH)
}
