import { Tooltip } from '@tollkeeper/ui'

/** A feature, and below it why something was given or taken. It takes the room the column has. */
export function FeatureCell({ name, reason }: { name: string; reason: string }) {
  return (
    <span className="flex w-0 min-w-full flex-col py-1">
      <span className="truncate">{name}</span>
      <Tooltip content={reason}>
        <span className="truncate text-ink-muted text-xs">{reason}</span>
      </Tooltip>
    </span>
  )
}
