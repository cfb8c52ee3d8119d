import { resolve } from 'node:path'

/** The folder of this package. */
export const root = resolve(import.meta.dirname, '..')

/** Where its build lies, which the server serves. */
export const built = resolve(root, 'dist')
