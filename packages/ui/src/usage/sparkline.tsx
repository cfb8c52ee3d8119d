import { polyline } from './polyline.ts'

export interface SparklineProps {
  values: readonly number[]
  /** What the line shows and how it ends: "Calls in the last 36 hours, 812 in all". */
  label: string
  /** Any CSS width. */
  width?: string
}

/** The shape of a series in the height of a line of text. */
export function Sparkline({ values, label, width = '6rem' }: SparklineProps) {
  return (
    <span className="inline-flex align-middle">
      <svg
        aria-hidden="true"
        viewBox="0 0 100 24"
        preserveAspectRatio="none"
        style={{ width }}
        className="h-6 overflow-visible text-chart-1"
      >
        <polyline
          points={polyline(values, 100, 24)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span className="sr-only">{label}</span>
    </span>
  )
}
