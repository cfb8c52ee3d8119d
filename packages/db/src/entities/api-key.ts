import { defineEntity, p } from '@mikro-orm/core'
import { id, instant, text } from './columns.ts'
import { tenantWall } from './tenant-wall.ts'

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  ...tenantWall(),
  indexes: [{ properties: ['tenantId', 'createdAt'] }],
  properties: {
    tenantId: id().primary(),
    id: id().primary(),
    name: text(),
    prefix: text(),
    lastFour: text(),
    /** SHA-256 of the whole secret. The secret has 190 bits of chance, so a slow hash would buy nothing. */
    hash: text().unique(),
    scopes: p.array<string>().columnType('text[]'),
    createdBy: text().nullable(),
    createdAt: instant().defaultRaw('now()'),
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
  },
})
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey)

export const apiKeyEntities = [ApiKey]
