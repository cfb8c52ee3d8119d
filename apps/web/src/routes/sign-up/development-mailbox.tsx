import { useQuery } from '@tanstack/react-query'
import { Button, Notice } from '@tollkeeper/ui'
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { findMailbox, mailboxPath } from './find-mailbox.ts'
import { text } from './text.ts'

/** The way to the mail of a development server, where it is shown; elsewhere what is said instead. */
export function DevelopmentMailbox({ otherwise = null }: { otherwise?: ReactNode }) {
  const mailbox = useQuery({ queryKey: ['development mailbox'], queryFn: findMailbox, staleTime: Number.POSITIVE_INFINITY })
  if (!mailbox.data) return otherwise
  return (
    <Notice
      tone="info"
      title={text.check.mailboxNote}
      action={
        <Button asChild icon={<ExternalLink />}>
          <a href={mailboxPath} target="_blank" rel="noreferrer">
            {text.check.mailbox}
          </a>
        </Button>
      }
    />
  )
}
