export const text = {
  steps: 'Your payment',
  waiting: {
    title: 'Confirming your payment',
    body: 'The payment provider tells us as soon as it is through. That takes a few seconds; you can stay or come back later.',
    steps: { paid: 'Back from the payment page', confirmed: 'Payment confirmed by the provider', applied: 'Plan in force' },
  },
  done: {
    title: (plan: string) => `You are on ${plan}`,
    body: 'Its limits hold from now on, for every key of the tenant.',
    overview: 'Go to the overview',
    billing: 'See billing',
  },
  late: {
    title: 'This takes longer than usual',
    body: 'Nothing is lost: if the payment went through, the plan changes by itself when the provider tells us. This page keeps looking.',
    plans: 'Back to the plans',
  },
}
