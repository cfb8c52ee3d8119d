import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Names of the suites to run. */
  suites: string[]
  rounds: number
  /** Of each measurement. */
  seconds: number
  connections: number
  /** Of the run under fire: answers the clients have to get, and the chance by which they ask. */
  answers: number
  seed: number
  /** Of the quota's table; none: all. */
  rows: string[]
}

const usage = `npm run bench -- [suites…] [--rounds 7] [--seconds 3] [--connections 256] [--answers 1000000] [--seed 1] [--rows bare,peers]`

/** @throws when an argument is not understood; the message says what is */
export function readOptions(args: string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '256' },
      answers: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      rows: { type: 'string', default: '' },
    },
  })
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(', ')}. Suites: ${known.join(', ')}. ${usage}`)
  return {
    suites: positionals.length > 0 ? positionals : [...known],
    rounds: atLeastOne('rounds', values.rounds),
    seconds: atLeastOne('seconds', values.seconds),
    connections: atLeastOne('connections', values.connections),
    answers: atLeastOne('answers', values.answers),
    seed: atLeastOne('seed', values.seed),
    rows: values.rows.split(',').filter(Boolean),
  }
}

function atLeastOne(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1. ${usage}`)
  return value
}
