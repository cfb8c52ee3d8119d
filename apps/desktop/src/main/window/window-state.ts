import { z } from 'zod'
import { readIfThere } from '../storage/read-if-there.ts'
import { writeAtomically } from '../storage/write-atomically.ts'

const size = z.int().min(200).max(20_000)
const place = z.int().min(-50_000).max(50_000)
export const WindowState = z.strictObject({
  x: place.optional(),
  y: place.optional(),
  width: size,
  height: size,
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

const usual: WindowState = { width: 1280, height: 800, maximized: false }

/** Where the window was. Anything unreadable is forgotten: it is only a place on the screen. */
export async function readWindowState(path: string, screens: readonly Area[]): Promise<WindowState> {
  const text = await readIfThere(path)
  if (text === null) return usual
  const parsed = WindowState.safeParse(parse(text))
  return parsed.success ? fitToScreens(parsed.data, screens) : usual
}

export async function writeWindowState(path: string, state: WindowState): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(state)}\n`)
}

/** A window whose screen was unplugged comes back in the middle of what is left. */
export function fitToScreens(state: WindowState, screens: readonly Area[]): WindowState {
  const { x, y, width, height, maximized } = state
  const visible =
    x !== undefined &&
    y !== undefined &&
    screens.some(
      (screen) =>
        x + width > screen.x + 80 && x < screen.x + screen.width - 80 && y >= screen.y && y < screen.y + screen.height - 40,
    )
  return visible ? state : { width, height, maximized }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
