/** Somebody whose data is read or erased, with everything by which the places know them. */
export interface Subject {
  userId: string
  name: string
  email: string
  /** Under which attempts to sign in are kept, whoever made them. */
  emailHash: string
  /** The tenant they have by themselves; null where they never had one. */
  tenantId: string | null
  /** That tenant's customer at the payment provider. */
  customerId: string | null
}

/**
 * A table in which data of people stands: what of it is theirs to take along, and what becomes of it when they are erased. Both are
 * SQL, with the fields of the subject as `:userId` and so on.
 */
export interface Place {
  /** Reads what is exported. No secrets, and nothing that is about others. */
  read?: string
  /**
   * The columns of what is read, of which no two rows have the same, in whose order it is taken along page by page. Left out where
   * there are never more rows than fit into memory.
   */
  pagedBy?: readonly string[]
  /** Takes it away, or takes out of it what is about the person. */
  erase?: string
}
