import { classNames } from '../class-names.ts'
import type { UsageScale, UsageState } from './usage-scale.ts'

const colours: Record<UsageState, string> = {
  unlimited: 'text-accent',
  'not-included': 'text-ink-muted',
  within: 'text-accent',
  near: 'text-warning-fill',
  at: 'text-denied',
  over: 'text-denied',
}

const percent = (fraction: number) => `${fraction * 100}%`

/** The toll-bar drawing: track, fill, the limit as a post, hatching beyond it, the forecast as a thin continuation. Decoration; the words stand beside it. */
export function UsageTrack({ scale, state }: { scale: UsageScale; state: UsageState }) {
  const hasPost = scale.limit !== null
  return (
    <div aria-hidden="true" className={classNames('relative h-3.5', colours[state])}>
      <div
        className={classNames(
          'absolute inset-x-0 top-[3px] h-2 overflow-hidden rounded-sm',
          state === 'unlimited' ? 'border border-line-strong border-dashed' : 'bg-surface-sunken ring-1 ring-line ring-inset',
        )}
      >
        {hasPost && (
          <div style={{ width: percent(scale.fill) }} className="absolute inset-y-0 left-0 bg-current transition-[width]" />
        )}
        {scale.overage > scale.fill && (
          <div
            style={{ left: percent(scale.fill), width: percent(scale.overage - scale.fill) }}
            className="absolute inset-y-0 bg-hatched transition-[width]"
          />
        )}
        {scale.forecast > scale.overage && (
          <div
            style={{ left: percent(scale.overage), width: percent(scale.forecast - scale.overage) }}
            className="absolute top-[3px] h-0.5 bg-current opacity-60 transition-[width]"
          />
        )}
      </div>
      {hasPost && (
        <div
          style={{ left: `min(${percent(scale.limit ?? 1)}, 100% - 2px)` }}
          className="absolute inset-y-0 w-0.5 rounded-full bg-ink transition-[left]"
        />
      )}
    </div>
  )
}
