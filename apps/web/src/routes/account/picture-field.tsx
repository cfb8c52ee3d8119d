import { useMutation } from '@tanstack/react-query'
import { Avatar, Button, Notice } from '@tollkeeper/ui'
import { useRef, useState } from 'react'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { shrinkPicture } from './shrink-picture.ts'
import { text } from './text.ts'

/** The person's picture, to choose and to take away. It is kept as soon as it is chosen. */
export function PictureField() {
  const trpc = useTRPC()
  const { user, refresh } = useSession()
  const input = useRef<HTMLInputElement>(null)
  const [unreadable, setUnreadable] = useState(false)
  const set = useMutation(trpc.auth.account.setAvatar.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(trpc.auth.account.removeAvatar.mutationOptions({ onSuccess: refresh }))
  const error = set.error ?? remove.error
  const choose = async (file: File | undefined) => {
    if (!file || set.isPending) return
    set.reset()
    remove.reset()
    setUnreadable(false)
    try {
      set.mutate({ image: await shrinkPicture(file) })
    } catch {
      setUnreadable(true)
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={user.name} size="large" {...(user.avatar ? { imageUrl: user.avatar } : {})} />
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          aria-label={text.picture.choose}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            void choose(file)
          }}
        />
        <Button busy={set.isPending} onClick={() => input.current?.click()}>
          {text.picture.choose}
        </Button>
        {user.avatar && (
          <Button variant="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
            {text.picture.remove}
          </Button>
        )}
      </div>
      {unreadable && (
        <Notice tone="denied" title={text.picture.unreadable}>
          {text.picture.unreadableBody}
        </Notice>
      )}
      {error && <FailureNotice error={error} />}
    </div>
  )
}
