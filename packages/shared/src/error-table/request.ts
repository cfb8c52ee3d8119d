import { type ErrorRow, row } from './row.ts'

/** What any request can meet: how it is written, where it is sent, how often, and what is the matter here. */
export const requestErrors = {
  'input.invalid': row(
    400,
    'The request has faults; each is listed with its path.',
    'Correct the fields listed under `faults` and send it again.',
  ),
  'input.malformed_json': row(
    400,
    'The body is not JSON that can be read.',
    'Send a JSON object, encoded as UTF-8, without a `__proto__` key.',
  ),
  'input.too_large': row(413, 'The body is over the limit of 1 MiB.', 'Send less at once; usage can be sent in several batches.'),
  'input.unsupported_media_type': row(
    415,
    'The body is of a type this route does not read.',
    'Send `Content-Type: application/json`.',
  ),
  'route.not_found': row(404, 'There is no such route.', 'See /docs for the routes there are.'),
  'route.method_not_allowed': row(405, 'This route does not take that method.', 'See /docs for the methods of this route.'),
  'idempotency.conflict': row(
    409,
    'This Idempotency-Key was used before, for another request.',
    'Use a new key for a new request.',
  ),
  'idempotency.in_progress': row(
    409,
    'A request with this Idempotency-Key is under way.',
    'Wait for its answer, or send it again in a moment.',
  ),
  'idempotency.not_repeatable': row(
    409,
    'The request with this Idempotency-Key was carried out, and its answer held a secret that is shown once.',
    'Revoke what it made, named in `detail`, and make another.',
  ),
  'rate.limited': row(429, 'Too many calls from here.', 'Wait the seconds in `Retry-After`.'),
  'service.unavailable': row(
    503,
    'The server cannot reach its database.',
    'Send it again in a moment; nothing of it was kept.',
    true,
  ),
  'service.internal': row(
    500,
    'Something failed on our side.',
    'Send it again; if it stays, tell the operator the request id.',
    true,
  ),
} as const satisfies Record<string, ErrorRow>
