// A test run of its own that can be killed: says the pid of its disposable server and the folder of its data.
import { startDisposablePostgres } from '../../../src/testing/start-disposable-postgres.ts'
import { sql } from './sql.ts'

const server = await startDisposablePostgres()
const [row] = (await sql(server.url(), `select current_setting('data_directory') as folder`)) as { folder: string }[]
console.log(JSON.stringify({ pid: server.pid, url: row?.folder }))
process.stdin.resume()
