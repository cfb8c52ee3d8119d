// Writes a migration with the difference between the entities and the committed snapshot.
// Usage: pnpm --filter @tollkeeper/db migration <name-in-kebab-case>
import { MikroORM } from '@mikro-orm/postgresql'
import { ormOptions } from '../src/orm.ts'

const name = process.argv[2]
if (!name) throw new Error('Name the migration: pnpm --filter @tollkeeper/db migration add-teams')
const orm = await MikroORM.init(ormOptions(process.env.DATABASE_URL ?? 'postgres://nobody@127.0.0.1:1/none'))
const { fileName } = await orm.migrator.create(undefined, false, false, name)
console.log(fileName || 'The entities and the snapshot are the same; nothing was written.')
await orm.close(true)
