export interface MarkProps {
  /** The bar is lifted: something was allowed. */
  open?: boolean
  /** Any CSS length. */
  size?: string
  /** Read aloud when the mark stands alone; absent: decoration beside the name. */
  label?: string
}

/** The toll bar: a post and a horizontal stroke that lifts. */
export function Mark({ open = false, size = '1.5rem', label }: MarkProps) {
  return (
    <>
      <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" style={{ width: size, height: size }} className="shrink-0">
        <path
          d="M4.5 10.5H22"
          stroke="currentColor"
          strokeWidth="3.5"
          strokeLinecap="round"
          style={{ transformOrigin: '4.5px 10.5px', rotate: open ? '-30deg' : '0deg' }}
          className="text-accent transition-[rotate] duration-160"
        />
        <path d="M4.5 10.5v10" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
        <path d="M19.5 16.5v4" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </>
  )
}
