import type Stripe from 'stripe'
import type { Metadata, Narrow } from '../objects/shape.ts'

export type Product = Narrow<Stripe.Product, { default_price: string | null; tax_code: string | null }>

export interface ProductInput {
  id: string
  name: string
  active?: boolean
  description?: string | null
  metadata?: Metadata
  unit_label?: string | null
  url?: string | null
  images?: string[]
  tax_code?: string | null
  statement_descriptor?: string | null
  marketing_features?: { name: string }[]
}

export function buildProduct(input: ProductInput, now: number): Product {
  return {
    id: input.id,
    object: 'product',
    active: input.active ?? true,
    created: now,
    default_price: null,
    description: input.description || null,
    images: input.images ?? [],
    livemode: false,
    marketing_features: input.marketing_features ?? [],
    metadata: input.metadata ?? {},
    name: input.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: input.statement_descriptor || null,
    tax_code: input.tax_code || null,
    type: 'service',
    unit_label: input.unit_label || null,
    updated: now,
    url: input.url || null,
  }
}
