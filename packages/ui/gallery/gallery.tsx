import { Actions } from './sections/actions.tsx'
import { Fields } from './sections/fields.tsx'
import { Notices } from './sections/notices.tsx'
import { Plans } from './sections/plans.tsx'
import { Tables } from './sections/tables.tsx'
import { Usage } from './sections/usage.tsx'

const sections = { actions: Actions, fields: Fields, usage: Usage, tables: Tables, plans: Plans, notices: Notices }

/** Every component in its states; `section` shows one part alone. */
export function Gallery({ section }: { section: string | null }) {
  return (
    <main className="mx-auto flex max-w-5xl flex-col gap-12 px-gutter py-stack">
      <h1 className="text-2xl">Components</h1>
      {Object.entries(sections)
        .filter(([name]) => section === null || name === section)
        .map(([name, Part]) => (
          <Part key={name} />
        ))}
    </main>
  )
}
