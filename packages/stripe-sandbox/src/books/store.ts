import { type TableName, type Tables, tableNames } from './tables.ts'

type Maps = { [K in TableName]: Map<string, Tables[K]> }

/** Rows as they are written to the data file: table by table, in the order they were made. */
export type Snapshot = { [K in TableName]?: Tables[K][] }

/** The rows, and the way back: every write is remembered until it is committed or undone. */
export interface Store {
  get<K extends TableName>(table: K, id: string): Tables[K] | undefined
  all<K extends TableName>(table: K): Tables[K][]
  put<K extends TableName>(table: K, row: Tables[K]): void
  remove(table: TableName, id: string): void
  /** A mark to undo to. */
  mark(): number
  undoTo(mark: number): void
  /** Forgets the way back. Returns whether there was anything to keep. */
  commit(): boolean
  snapshot(): Snapshot
}

export function createStore(snapshot: Snapshot = {}): Store {
  const maps = Object.fromEntries(
    tableNames.map((name) => [name, new Map((snapshot[name] ?? []).map((row) => [row.id, row]))]),
  ) as unknown as Maps
  const undo: (() => void)[] = []

  return {
    get: (table, id) => maps[table].get(id),
    all: (table) => [...maps[table].values()],
    put(table, row) {
      const map = maps[table]
      const before = map.get(row.id)
      undo.push(() => {
        if (before) map.set(row.id, before)
        else map.delete(row.id)
      })
      map.set(row.id, row)
    },
    remove(table, id) {
      const map = maps[table] as Map<string, { id: string }>
      const before = map.get(id)
      if (!before) return
      undo.push(() => map.set(id, before))
      map.delete(id)
    },
    mark: () => undo.length,
    undoTo(mark) {
      while (undo.length > mark) undo.pop()?.()
    },
    commit: () => undo.splice(0).length > 0,
    snapshot: () => Object.fromEntries(tableNames.map((name) => [name, [...maps[name].values()]])),
  }
}
