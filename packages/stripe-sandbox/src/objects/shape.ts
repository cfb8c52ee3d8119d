/** `Shape` with some of its fields narrowed: Stripe's types allow an expanded object where the books hold only its id. */
export type Narrow<Shape, Fields> = Omit<Shape, keyof Fields | 'deleted'> & Fields

/** One page of a listing, or a list embedded in another object. */
export interface List<Row> {
  object: 'list'
  data: Row[]
  has_more: boolean
  url: string
}

export type Metadata = Record<string, string>

export function listOf<Row>(data: Row[], url: string, hasMore = false): List<Row> {
  return { object: 'list', data, has_more: hasMore, url }
}
