import { z } from 'zod'
import type { Books } from '../books/books.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

export interface Call<Input> {
  books: Books
  input: Input
  /** The `:id` of the path; an empty string where the path has none. */
  id: string
}

/** One row of the route table. */
export interface Route {
  method: Method
  path: string
  input: z.ZodType
  handle: (call: Call<never>) => object
}

/** Declares a route: what it takes (anything else is refused, as Stripe does) and what it answers. */
export function route<Shape extends z.ZodRawShape>(
  method: Method,
  path: string,
  shape: Shape,
  handle: (call: Call<z.output<z.ZodObject<Shape>>>) => object,
): Route {
  return { method, path, input: z.strictObject(shape), handle: handle as Route['handle'] }
}
