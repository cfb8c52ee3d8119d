import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { processState } from '../../src/embedded/host/process-state.ts'
import { startDisposablePostgres } from '../../src/testing/index.ts'
import { makeTestFolder, removeTestFolder } from '../../src/testing/test-folder.ts'
import { runProgram } from './support/program.ts'
import { sql } from './support/sql.ts'

test('a disposable server keeps its address and its commits over a kill', async () => {
  await using server = await startDisposablePostgres({ databases: ['mine'] })
  const address = server.url('mine')
  await sql(address, 'create table kept (n int)', 'insert into kept values (7)')
  await server.kill()
  await expect(sql(address, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await server.start()
  expect(server.url('mine')).toBe(address)
  expect(await sql(address, 'table kept')).toEqual([{ n: 7 }])
})

test('what a killed test run left behind is stopped and removed by the next', async () => {
  const program = runProgram({ dataDir: '' }, { script: join(import.meta.dirname, 'support', 'hold-disposable.ts') })
  const { pid, url: folder } = await program.answer
  await program.kill()
  await access(folder)
  expect(processState(pid).running).toBe(true)
  await removeTestFolder(await makeTestFolder())
  expect(processState(pid).running).toBe(false)
  await expect(access(dirname(folder))).rejects.toThrow('ENOENT')
})
