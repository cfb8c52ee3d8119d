import { Skeleton } from '@tollkeeper/ui'
import { text } from './text.ts'

/** The frame of the app while it is not yet known who is there. */
export function Waiting() {
  return (
    <div className="flex min-h-dvh" aria-busy="true">
      <span className="sr-only" role="status">
        {text.waiting}
      </span>
      <div className="flex w-60 shrink-0 flex-col gap-5 border-line border-r px-5 py-5 max-lg:hidden">
        <Skeleton width="60%" />
        <Skeleton width="80%" />
        <Skeleton width="70%" />
        <Skeleton width="75%" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="h-12 border-line border-b" />
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-gutter py-stack">
          <Skeleton width="12rem" shape="control" />
          <Skeleton width="60%" />
          <Skeleton width="80%" />
        </div>
      </div>
    </div>
  )
}
