import type { KeyScope } from '@tollkeeper/shared'
import { newId } from '../../../kernel/new-id.ts'
import type { Services } from '../../../kernel/services.ts'
import { mintSecret } from '../secret.ts'

/** Puts a key into the database without telling anybody, for nodes that have neither mail nor secrets. @returns its secret */
export async function putKey({ pool }: Pick<Services, 'pool'>, tenantId: string, scopes: readonly KeyScope[]): Promise<string> {
  const { secret, hash, prefix, lastFour } = mintSecret()
  await pool.query(
    'insert into api_key (tenant_id, id, name, prefix, last_four, hash, scopes) values ($1, $2, $3, $4, $5, $6, $7)',
    [tenantId, newId('apiKey'), 'test', prefix, lastFour, hash, [...scopes]],
  )
  return secret
}
