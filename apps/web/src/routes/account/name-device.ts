import { text } from './text.ts'

/** A device in one phrase. */
export function nameDevice({ program, system }: { program: string | null; system: string | null }): string {
  return program && system ? `${program} (${system})` : (program ?? system ?? text.sessions.unknown)
}
