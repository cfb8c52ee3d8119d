import { restProcedures } from '../../../rest/rest-procedures.ts'
import type { Call } from '../../../testing/index.ts'

/** What is refused looks the same on both wires. */
export interface Refusal {
  status: number
  code: string
  next: string
  faults?: { path: string; message: string }[]
  decisionId?: string
}

export const wires = ['REST', 'tRPC'] as const
export type Wire = (typeof wires)[number]

/** Calls a procedure on one of its wires. A text `raw:1e400` in the input is written as it stands. */
export async function sendOver(
  wire: Wire,
  call: Call,
  name: string,
  input: Record<string, unknown>,
): Promise<{ status: number; answer: unknown }> {
  const procedure = restProcedures().find((one) => one.name === name)!
  const written = (value: unknown) =>
    JSON.stringify(value).replaceAll(/"raw:((?:\\.|[^"\\])*)"/g, (_, text: string) => text.replaceAll('\\"', '"'))
  if (wire === 'tRPC') {
    const { status, body } =
      procedure.type === 'query'
        ? await call('GET', `//trpc/${name}?input=${encodeURIComponent(written(input))}`)
        : await call('POST', `//trpc/${name}`, written(input))
    const { error, result } = body as { error?: { data: Refusal }; result?: { data: unknown } }
    return { status, answer: error ? error.data : result!.data }
  }
  const { method, path } = procedure.meta.rest
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, field]) => field!)
  const at = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(String(input[field])))
  const rest = Object.fromEntries(Object.entries(input).filter(([field]) => !inPath.includes(field)))
  const { status, body } = await call(method, at, written(rest))
  return { status, answer: body }
}
