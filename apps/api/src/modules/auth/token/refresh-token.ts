import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { idPrefixes } from '@tollkeeper/shared'

const FORM = /^tkr_([0-9a-z]{26})_(0|[1-9]\d{0,8})_([A-Za-z0-9_-]{43})$/

/**
 * A refresh token names its family and its place in it, and carries a MAC over both. So the successor of a token can be made
 * again for a caller who lost the answer, though no token is stored.
 */
export function mintRefreshToken(key: Buffer, familyId: string, counter: number): string {
  return `tkr_${familyId.slice(idPrefixes.refreshFamily.length + 1)}_${counter}_${mac(key, familyId, counter)}`
}

/** @returns what the token says, or null when it is not one of ours */
export function readRefreshToken(key: Buffer, token: string): { familyId: string; counter: number } | null {
  const match = FORM.exec(token)
  if (!match) return null
  const familyId = `${idPrefixes.refreshFamily}_${match[1]}`
  const counter = Number(match[2])
  return timingSafeEqual(Buffer.from(match[3]!), Buffer.from(mac(key, familyId, counter))) ? { familyId, counter } : null
}

/** What is kept of a token. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function mac(key: Buffer, familyId: string, counter: number): string {
  return createHmac('sha256', key).update(`${familyId}.${counter}`).digest('base64url')
}
