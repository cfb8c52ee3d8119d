import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { filled, flag, ignored, metadataChange, positive, text } from '../api/form.ts'
import type { Books } from '../books/books.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import type { ChangeInput } from './change-subscription.ts'
import { currentPeriod, hasEnded, type Subscription } from './subscription.ts'

export const itemChange = z.strictObject({
  id: filled.optional(),
  price: filled.optional(),
  quantity: positive.optional(),
  deleted: flag.optional(),
  clear_usage: ignored,
  metadata: metadataChange.optional(),
})

export const prorationShape = {
  proration_behavior: z.enum(['create_prorations', 'always_invoice', 'none']).optional(),
  proration_date: positive.optional(),
}

export const updateShape = {
  ...prorationShape,
  items: z.array(itemChange).max(20).optional(),
  billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
  cancel_at: z.union([z.literal(''), positive]).optional(),
  cancel_at_period_end: flag.optional(),
  cancellation_details: z.strictObject({ comment: text.optional(), feedback: text.optional() }).optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  days_until_due: positive.optional(),
  default_payment_method: text.optional(),
  description: text.optional(),
  metadata: metadataChange.optional(),
  pause_collection: z
    .union([
      z.literal(''),
      z.strictObject({ behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']), resumes_at: ignored }),
    ])
    .optional(),
  payment_behavior: z
    .enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete'], {
      error: 'The sandbox knows allow_incomplete, default_incomplete and error_if_incomplete',
    })
    .optional(),
  trial_end: z.union([z.literal('now'), positive]).optional(),
  automatic_tax: ignored,
  off_session: ignored,
  payment_settings: ignored,
  trial_from_plan: ignored,
}

export type UpdateRequest = z.output<z.ZodObject<typeof updateShape>>

/** Turns an update's parameters into the change they ask for. */
export function readChange(books: Books, subscription: Subscription, request: UpdateRequest): ChangeInput {
  return {
    fields: {
      ...cancellation(books, subscription, request),
      ...plainFields(books, request),
      ...(request.metadata === undefined ? {} : { metadata: mergeMetadata(subscription.metadata, request.metadata) }),
    },
    items: request.items,
    prorationBehaviour: request.proration_behavior,
    prorationDate: request.proration_date,
    paymentBehaviour: request.payment_behavior,
    anchorNow: request.billing_cycle_anchor === 'now',
    trialEnd: request.trial_end,
  }
}

function plainFields(books: Books, request: UpdateRequest): Partial<Subscription> {
  const fields: Partial<Subscription> = {}
  if (request.description !== undefined) fields.description = request.description || null
  if (request.collection_method !== undefined) {
    fields.collection_method = request.collection_method
    fields.days_until_due = request.collection_method === 'send_invoice' ? (request.days_until_due ?? 30) : null
  }
  if (request.default_payment_method !== undefined) {
    const id = request.default_payment_method
    fields.default_payment_method = id === '' ? null : books.find('paymentMethods', id, 'default_payment_method').id
  }
  if (request.pause_collection !== undefined) {
    fields.pause_collection =
      request.pause_collection === '' ? null : { behavior: request.pause_collection.behavior, resumes_at: null }
  }
  return fields
}

/** A wish to end can be taken back as long as the subscription lives. */
function cancellation(books: Books, subscription: Subscription, request: UpdateRequest): Partial<Subscription> {
  const { cancel_at, cancel_at_period_end, cancellation_details } = request
  if (cancel_at !== undefined && cancel_at_period_end !== undefined) {
    throw refused('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', { param: 'cancel_at' })
  }
  const details = cancellation_details && {
    cancellation_details: {
      ...subscription.cancellation_details,
      ...(cancellation_details.comment === undefined ? {} : { comment: cancellation_details.comment || null }),
      ...(cancellation_details.feedback === undefined ? {} : { feedback: cancellation_details.feedback || null }),
    },
  }
  if (cancel_at === undefined && cancel_at_period_end === undefined) return details ?? {}
  if (hasEnded(subscription)) return { ...details, cancel_at_period_end: cancel_at_period_end ?? false }
  const end = cancel_at_period_end ? currentPeriod(subscription).end : cancel_at || null
  const reason = end === null ? null : ('cancellation_requested' as const)
  return {
    cancel_at_period_end: cancel_at_period_end ?? false,
    cancel_at: end,
    canceled_at: end === null ? null : (subscription.canceled_at ?? books.now()),
    cancellation_details: { ...(details?.cancellation_details ?? subscription.cancellation_details), reason },
  }
}
