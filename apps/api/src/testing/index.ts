export { type Answer, type Call, callerOf } from './call.ts'
export { startTestApp, type TestApp, type TestPerson, verificationToken } from './start-test-app.ts'
