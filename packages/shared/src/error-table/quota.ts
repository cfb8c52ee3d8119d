import { type ErrorRow, row } from './row.ts'

/** What is counted, held and given. */
export const quotaErrors = {
  'catalog.feature_unknown': row(400, 'There is no such feature in the catalog.', 'Use a key from GET /subscriptions/plans.'),
  'catalog.plan_unknown': row(400, 'There is no such plan in the catalog.', 'Use a key from GET /subscriptions/plans.'),
  'quota.feature_not_metered': row(
    400,
    'This feature is not counted, so it takes no usage.',
    'Ask `authorize` for it; what is held and given back is acquired by POST /gauges/{feature}/acquire.',
  ),
  'quota.feature_not_held': row(
    400,
    'This feature is not a gauge, so nothing of it is held and given back.',
    'Ask `authorize` for it, or reserve it.',
  ),
  'quota.counted_by_members': row(
    409,
    'Seats are counted by the members there are, so none is given, held or given back.',
    'Change the plan or override the limit to have more; remove a member to use fewer.',
  ),
  'quota.paid_in_credits': row(
    409,
    'This feature is paid in credits, so units of it cannot be given.',
    'Give units of the credit system it is paid from.',
  ),
  'quota.not_grantable': row(
    409,
    'Of a largest or a last value nothing is used up, so units of it cannot be given.',
    'Override the limit up to an end to allow a larger value for that time.',
  ),
  'quota.grant_not_found': row(404, 'There is no such grant in this tenant.', 'Check the id; grants are listed with the tenant.'),
  'quota.event_not_found': row(
    404,
    'There is no such usage event in this tenant.',
    'Check the id; events are kept as long as the installation says.',
  ),
  'quota.not_correctable': row(
    409,
    'Only amounts that are added up can be corrected; of a largest, a last or a different value there is no part to take back.',
    'Report the right value as usage.',
  ),
  'quota.not_reservable': row(
    400,
    'Only amounts that are added up can be held; of a largest, a last or a different value nobody else takes a part.',
    'Ask `authorize` for it, or report it as usage.',
  ),
  'quota.not_leasable': row(
    400,
    'Units of this feature cannot be taken ahead: each request for it has to be looked at by itself.',
    'Lease features whose amounts are added up and that are not paid in credits.',
  ),
  'quota.resource_missing': row(
    400,
    'This feature counts different resources, and none was named.',
    'Send the `resource` that is used.',
  ),
  'quota.request_conflict': row(
    409,
    'This requestId was answered before, and something else was asked then.',
    'Use a new requestId for a new request; the first answer is named in `decisionId`.',
  ),
  'quota.event_conflict': row(
    409,
    'An event with this id was received before, with other content.',
    'Use a new id for a new event.',
  ),
  'quota.event_too_old': row(
    400,
    'The event happened too long ago to be counted.',
    'Report usage sooner: 32 days are allowed, where the operator has not set another time for the feature.',
  ),
  'quota.event_in_future': row(
    400,
    'The event lies in the future.',
    'Check the clock of the machine that reports; it may be five minutes ahead, where the operator has not set another time for the feature.',
  ),
  'quota.event_unknown': row(
    404,
    'No event with this id was received, or it is no longer kept.',
    'Check the id; refused events are kept for 30 days, and counted ones as long as this service keeps single events.',
  ),
  'quota.request_too_old': row(
    400,
    'Whether the request this event stands for was counted is no longer known.',
    'Report such usage within 24 hours. Send it without `requestId` only if you know that the request was not counted.',
  ),
  'quota.overloaded': row(
    503,
    'Too many requests are waiting.',
    'Send it again after the seconds in `Retry-After`, with the same requestId.',
  ),
  'reservation.not_found': row(
    404,
    'There is no such reservation in this tenant.',
    'Check the id; a reservation is forgotten two days after it was settled.',
  ),
  'reservation.expired': row(
    409,
    'The time of this reservation is over, and what it held went back; nothing was charged.',
    'Report what was used by POST /usage, and reserve for longer the next time.',
  ),
  'reservation.settled': row(
    409,
    'This reservation was settled before, in another way; nothing more was charged.',
    'See GET /reservations/{id} for what became of it.',
  ),
  'reservation.amount_above': row(
    400,
    'More than the reservation holds cannot be committed; nothing was charged, and it is still held.',
    'Commit at most what is held, and report the rest by POST /usage.',
  ),
} as const satisfies Record<string, ErrorRow>
