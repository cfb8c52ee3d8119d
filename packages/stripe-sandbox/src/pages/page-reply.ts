import type { Page } from './layout.ts'

/** The fields of a posted form; a repeated field keeps its last value. */
export type Form = Partial<Record<string, string>>

/** What a page's action answers: a page to show, or where to go next. */
export type Reply = { status: number; page: Page } | { redirect: string }
