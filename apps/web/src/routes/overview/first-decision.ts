import type { CodeVariant } from '@tollkeeper/ui'

const feature = 'characters'
const amount = 412

/** The first decision in three languages, against the server at this address; the key is read from the environment. */
export function firstDecision(url: string): CodeVariant[] {
  return [
    { label: 'TypeScript', code: typescript(url) },
    { label: 'Python', code: python(url) },
    { label: 'curl', code: curl(url) },
  ]
}

function typescript(url: string): string {
  return `import { createTollkeeper } from '@tollkeeper/client'

const tollkeeper = createTollkeeper({ url: '${url}', apiKey: process.env.TOLLKEEPER_API_KEY })
const decision = await tollkeeper.authorize({ feature: '${feature}', amount: ${amount} })
console.log(decision.allowed ? \`allowed, \${decision.remaining} left\` : decision.remedies)`
}

function python(url: string): string {
  return `import json, os, urllib.request

request = urllib.request.Request(
    "${url}/api/v1/authorize",
    data=json.dumps({"feature": "${feature}", "amount": ${amount}}).encode(),
    headers={
        "Authorization": f"Bearer {os.environ['TOLLKEEPER_API_KEY']}",
        "Content-Type": "application/json",
    },
)
decision = json.load(urllib.request.urlopen(request))
print(decision["allowed"], decision["remaining"], decision["remedies"])`
}

function curl(url: string): string {
  return `curl ${url}/api/v1/authorize \\
  -H "Authorization: Bearer $TOLLKEEPER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"feature": "${feature}", "amount": ${amount}}'`
}
