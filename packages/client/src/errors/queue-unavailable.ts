export type QueueFault = 'in_use' | 'unwritable' | 'damaged' | 'full' | 'other_tenant' | 'closed'

/**
 * Usage cannot be kept for later, so nothing passes without the server: the file is in use, cannot be written, or is damaged, or
 * too much is waiting already.
 */
export class QueueUnavailable extends Error {
  override name = 'QueueUnavailable'
  /** Stable; made for programs. */
  fault: QueueFault

  constructor(fault: QueueFault, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.fault = fault
  }
}
