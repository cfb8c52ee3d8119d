import { createControl } from '../control.ts'
import type { Sandbox } from '../sandbox.ts'
import { overviewPage } from './overview-page.ts'
import type { Form, Reply } from './page-reply.ts'
import { moment } from './words.ts'

/** Carries out one button of the overview and shows it again with what happened. */
export function submitOverview(sandbox: Sandbox, form: Form): Reply {
  return { status: 200, page: overviewPage(sandbox, act(sandbox, form)) }
}

function act(sandbox: Sandbox, { intent, customer = '', event = '' }: Form): string | null {
  const control = createControl(sandbox)
  const steps: Record<string, { hours?: number; days?: number }> = { hour: { hours: 1 }, day: { days: 1 }, month: { days: 31 } }
  const step = steps[intent ?? '']
  if (step) {
    control.advance(step)
    return `The clock is at ${moment(sandbox.clock.now() / 1000)}. What was due has happened.`
  }
  if (intent === 'fail') {
    control.setPaymentOutcome(customer, 'fail')
    return 'Later charges of this customer fail.'
  }
  if (intent === 'recover') {
    control.setPaymentOutcome(customer, 'card')
    return 'Later charges of this customer do what their card does.'
  }
  if (intent === 'resend') {
    control.resend(event)
    return 'The event is on its way again.'
  }
  return null
}
