import type { ServerResponse } from 'node:http'
import type { Decision } from '@tollkeeper/shared'

export const JSON_TYPE = 'application/json; charset=utf-8'
const NOTHING = '[]'

/** A decision as JSON. Ids, codes and feature keys are of letters that JSON takes as they are; remedies are left to the general way. */
export function decisionJson(decision: Decision): string {
  const { allowed, decisionId, code, step, feature, amount, remaining, limit, resetsAt, overage, credits, remedies } = decision
  const more = overage === undefined && credits === undefined ? '' : rare(decision)
  return `{"allowed":${allowed},"decisionId":"${decisionId}","code":"${code}","step":${quoted(step)},"feature":"${feature}","amount":${amount},"remaining":${remaining},"limit":${limit},"resetsAt":${quoted(resetsAt)}${more},"remedies":${remedies.length === 0 ? NOTHING : JSON.stringify(remedies)}}`
}

function rare({ overage, credits }: Decision): string {
  const text = JSON.stringify({ overage, credits })
  return `,${text.slice(1, -1)}`
}

function quoted(value: string | null): string {
  return value === null ? 'null' : `"${value}"`
}

/** Answers with a decision. It is of ASCII, whatever was asked. */
export function tell(response: ServerResponse, body: string): void {
  response.writeHead(200, ['content-type', JSON_TYPE, 'content-length', String(body.length)])
  response.end(body, 'latin1')
}
