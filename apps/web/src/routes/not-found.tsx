import { Link } from '@tanstack/react-router'
import { Button } from '@tollkeeper/ui'
import { EntryPage } from '../shell/entry-page.tsx'
import { text } from './text.ts'

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <EntryPage title={text.notFound.title} description={text.notFound.body}>
      <div>
        <Button variant="primary" asChild>
          <Link to="/">{text.notFound.action}</Link>
        </Button>
      </div>
    </EntryPage>
  )
}
