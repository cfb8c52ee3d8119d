import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** How far a translation has come. It is written before anything is asked, so that a stopped program knows what it asked for. */
export interface Progress {
  /** Names this translation of this text. */
  job: string
  /** SHA-256 of the text. */
  text: string
  /** Paragraphs that are allowed, translated and written. */
  done: number
  /** How often the next paragraph was refused, plus one. */
  attempt: number
}

/** The id of the next question. The same until it is answered, however often the program is started. */
export function requestIdOf({ job, done, attempt }: Progress): string {
  return `${job}-p${done + 1}-a${attempt}`
}

/** @throws Error when the file tells of another text */
export function readProgress(file: string, text: string): Progress {
  const fingerprint = createHash('sha256').update(text).digest('hex')
  if (!existsSync(file)) return { job: randomUUID(), text: fingerprint, done: 0, attempt: 1 }
  const progress = JSON.parse(readFileSync(file, 'utf8')) as Progress
  if (progress.text !== fingerprint) {
    throw new Error(`${file} belongs to another text. Name another folder with --out, or delete that file to begin again.`)
  }
  return progress
}

/** Whole or not at all: a program that is stopped meanwhile leaves the one before. */
export function writeProgress(file: string, progress: Progress): void {
  writeWhole(file, `${JSON.stringify(progress, null, 2)}\n`)
}

export function writeWhole(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}
