import { ToastProvider } from '../src/index.ts'
import { Actions } from './sections/actions.tsx'
import { Fields } from './sections/fields.tsx'
import { Layout } from './sections/layout.tsx'
import { Notices } from './sections/notices.tsx'
import { Overlays } from './sections/overlays.tsx'
import { Plans } from './sections/plans.tsx'
import { Secrets } from './sections/secrets.tsx'
import { Tables } from './sections/tables.tsx'
import { Usage } from './sections/usage.tsx'
import { Shell } from './shell.tsx'

const sections = {
  actions: Actions,
  fields: Fields,
  usage: Usage,
  tables: Tables,
  plans: Plans,
  notices: Notices,
  secrets: Secrets,
  overlays: Overlays,
  layout: Layout,
}

/** Every component in its states; `section` shows one part alone, and `shell` a whole page. */
export function Gallery({ section }: { section: string | null }) {
  if (section === 'shell') return <Shell />
  return (
    <ToastProvider>
      <main className="mx-auto flex max-w-5xl flex-col gap-12 px-gutter py-stack">
        <h1 className="text-2xl">Components</h1>
        {Object.entries(sections)
          .filter(([name]) => section === null || name === section)
          .map(([name, Part]) => (
            <Part key={name} />
          ))}
      </main>
    </ToastProvider>
  )
}
