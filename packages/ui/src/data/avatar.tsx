import { classNames } from '../class-names.ts'
import { initials } from './initials.ts'

export interface AvatarProps {
  name: string
  imageUrl?: string
  /** `square` is for tenants, `round` for people. */
  shape?: 'round' | 'square'
  size?: 'small' | 'normal' | 'large'
}

const sizes = { small: 'size-6 text-[0.625rem]', normal: 'size-8 text-xs', large: 'size-16 text-lg' } as const

/** A person or tenant at a glance. Decoration: the name must stand beside it. */
export function Avatar({ name, imageUrl, shape = 'round', size = 'normal' }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-flex shrink-0 select-none items-center justify-center overflow-hidden bg-accent-soft font-medium text-accent',
        shape === 'round' ? 'rounded-full' : 'rounded-sm',
        sizes[size],
      )}
    >
      {imageUrl ? <img src={imageUrl} alt="" className="size-full object-cover" /> : initials(name)}
    </span>
  )
}
