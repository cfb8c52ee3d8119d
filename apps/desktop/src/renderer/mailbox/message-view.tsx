import { CopyId, DateTime, Tabs } from '@tollkeeper/ui'
import type { MailboxMessage } from '../../bridge/channels.ts'
import { LinkedText } from './linked-text.tsx'

/** One mail, as text and as it was designed. The design is shown without scripts, without pictures of others, and leads nowhere. */
export function MessageView({ message }: { message: MailboxMessage }) {
  return (
    <article aria-label={message.subject} className="flex min-h-0 min-w-0 flex-col gap-3 overflow-y-auto">
      <header className="flex flex-col gap-1">
        <h2 className="text-lg">{message.subject}</h2>
        <p className="flex flex-wrap items-center gap-x-3 text-ink-muted">
          <span className="inline-flex items-center gap-1.5">
            To <CopyId id={message.to} />
          </span>
          <DateTime value={message.at} />
        </p>
      </header>
      <Tabs
        label="Message"
        tabs={[
          { value: 'text', label: 'Text', content: <LinkedText text={message.text} /> },
          {
            value: 'html',
            label: 'HTML',
            content: (
              <iframe
                title={`${message.subject}, as designed`}
                sandbox=""
                srcDoc={message.html}
                className="h-[60vh] w-full rounded-md border border-line bg-white"
              />
            ),
          },
        ]}
      />
    </article>
  )
}
