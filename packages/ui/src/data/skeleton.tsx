import { classNames } from '../class-names.ts'

export interface SkeletonProps {
  /** Any CSS width; absent: the full width. */
  width?: string
  /** `text` has the height of a line, `control` that of a button, `block` fills what holds it. */
  shape?: 'text' | 'control' | 'block'
}

const heights = { text: 'h-[0.8em]', control: 'h-control', block: 'h-full' }

/** The place of something that is still loading, in its real size. Put `aria-busy` on the region that holds it. */
export function Skeleton({ width = '100%', shape = 'text' }: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      style={{ width }}
      className={classNames('inline-block max-w-full animate-skeleton rounded-sm bg-surface-sunken align-middle', heights[shape])}
    />
  )
}
