import { z } from 'zod'
import { refused } from '../api/api-error.ts'
import { created, filled, ignored, integer, metadata, metadataChange, paging, text, within } from '../api/form.ts'
import { paginate } from '../api/paginate.ts'
import { type Route, route } from '../api/route.ts'
import type { Books } from '../books/books.ts'
import { mergeMetadata } from '../objects/metadata.ts'
import { attachNamed } from './attach-named.ts'
import { type Address, buildCustomer, type Customer } from './customer.ts'
import { deleteCustomer } from './delete-customer.ts'

const address = z.union([
  z.literal(''),
  z.strictObject({ city: text, country: text, line1: text, line2: text, postal_code: text, state: text }).partial(),
])

const fields = {
  email: text.refine((value) => value === '' || value.includes('@'), { error: 'Invalid email address' }).optional(),
  name: text.optional(),
  phone: text.optional(),
  description: text.optional(),
  address: address.optional(),
  balance: integer.optional(),
  preferred_locales: z.array(text).optional(),
  tax_exempt: z.enum(['none', 'exempt', 'reverse']).optional(),
  invoice_settings: z.strictObject({ default_payment_method: text.optional(), footer: text.optional() }).optional(),
  tax: ignored,
}

export const customerRoutes: Route[] = [
  route(
    'POST',
    '/v1/customers',
    { ...fields, metadata: metadata.optional(), payment_method: filled.optional() },
    ({ books, input }) => {
      const { address: given, payment_method, invoice_settings, ...rest } = input
      const customer = books.record(
        'customers',
        buildCustomer({ ...rest, address: fullAddress(given) }, books.now()),
        'customer.created',
      )
      if (payment_method === undefined) return customer
      const method = attachNamed(books, customer.id, payment_method)
      const wished = invoice_settings?.default_payment_method
      return setDefault(books, customer, wished === payment_method ? method.id : wished)
    },
  ),

  route('GET', '/v1/customers', { ...paging, ...created, email: text.optional() }, ({ books, input }) => {
    const rows = books.all('customers').filter((row) => within(row.created, input.created))
    const found = input.email === undefined ? rows : rows.filter((row) => row.email === input.email)
    return paginate(found, '/v1/customers', input)
  }),

  route('GET', '/v1/customers/:id', {}, ({ books, id }) => books.get('deletedCustomers', id) ?? books.find('customers', id)),

  route(
    'POST',
    '/v1/customers/:id',
    { ...fields, metadata: metadataChange.optional(), default_source: ignored },
    ({ books, id, input }) => {
      const customer = books.find('customers', id)
      const { address: given, invoice_settings, metadata: change, tax, default_source, ...rest } = input
      const updated = books.revise(
        'customers',
        id,
        {
          ...emptyAsNull(rest),
          ...(given === undefined ? {} : { address: fullAddress(given) }),
          metadata: mergeMetadata(customer.metadata, change),
        },
        'customer.updated',
      )
      return setDefault(books, updated, invoice_settings?.default_payment_method)
    },
  ),

  route('DELETE', '/v1/customers/:id', {}, ({ books, id }) => deleteCustomer(books, id)),

  route(
    'GET',
    '/v1/customers/:id/payment_methods',
    { ...paging, type: text.optional(), allow_redisplay: ignored },
    ({ books, id, input }) => {
      books.find('customers', id)
      const rows = books.all('paymentMethods').filter((row) => row.customer === id && row.type === (input.type ?? row.type))
      return paginate(rows, `/v1/customers/${id}/payment_methods`, input)
    },
  ),
]

function setDefault(books: Books, customer: Customer, method: string | undefined): Customer {
  if (method === undefined) return customer
  const held = method === '' ? null : books.find('paymentMethods', method, 'invoice_settings[default_payment_method]')
  if (held && held.customer !== customer.id) {
    throw refused(
      'The customer does not have a payment method with the ID ' +
        `${held.id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
    )
  }
  const settings = { ...customer.invoice_settings, default_payment_method: held?.id ?? null }
  return books.revise('customers', customer.id, { invoice_settings: settings }, 'customer.updated')
}

function fullAddress(given: Partial<Address> | '' | undefined): Address | null {
  if (!given) return null
  const blank = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
  return { ...blank, ...emptyAsNull(given) }
}

/** In an update an empty string clears a field. */
function emptyAsNull<Fields extends object>(fields: Fields): Fields {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([key, value]) => [key, value === '' ? null : value])) as Fields
}
