import { callServer } from './call-server.ts'
import type { RealServer } from './start-server.ts'

/** What the person does in their browser: sign in there, compare the code, approve. */
export async function approveDevice({ url }: RealServer, who: { email: string; password: string }, page: string): Promise<string> {
  const userCode = new URL(page).searchParams.get('user_code')
  if (!userCode) throw new Error(`${page} names no code.`)
  const { accessToken } = await callServer(url).auth.login.mutate(who)
  const browser = callServer(url, accessToken)
  const request = await browser.auth.device.describe.query({ userCode })
  await browser.auth.device.approve.mutate({ userCode })
  return request.userCode
}
