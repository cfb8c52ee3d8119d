import { useState } from 'react'
import { Button, CodeSample, EmptyState, SecretOnce } from '../../src/index.ts'
import { Section, Specimen } from '../specimen.tsx'

const variants = [
  {
    label: 'TypeScript',
    code: "import { createTollkeeper } from '@tollkeeper/client'\n\nconst toll = createTollkeeper({ url: 'http://127.0.0.1:4000', apiKey: process.env.TOLLKEEPER_KEY })\nconst decision = await toll.authorize({ feature: 'characters', amount: 412 })",
  },
  {
    label: 'Python',
    code: 'decision = authorize("characters", 412)\nif not decision["allowed"]:\n    print(decision["code"])',
  },
  {
    label: 'curl',
    code: 'curl http://127.0.0.1:4000/api/v1/authorize \\\n  -H "Authorization: Bearer $TOLLKEEPER_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d \'{"feature":"characters","amount":412}\'',
  },
]

export function Secrets() {
  const [stored, setStored] = useState(false)
  return (
    <Section title="Secrets and code">
      <Specimen name="SecretOnce" wide>
        {stored ? (
          <p>Stored.</p>
        ) : (
          <SecretOnce secret="tk_4fQz8mW2vX9cR7bN5kLp3sT6yH1dJ0gA" fileName="ci-key.txt" onStored={() => setStored(true)} />
        )}
      </Specimen>
      <Specimen name="CodeSample" wide>
        <CodeSample label="First decision" variants={variants} />
      </Specimen>
      <Specimen name="EmptyState with code" wide>
        <EmptyState
          action={<Button variant="primary">Issue key</Button>}
          code={<CodeSample label="Ask for a decision" variants={variants.slice(2)} />}
        >
          Keys let your program ask for decisions. Issue one to begin.
        </EmptyState>
      </Specimen>
    </Section>
  )
}
