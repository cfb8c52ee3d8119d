import { getRouteApi } from '@tanstack/react-router'
import { Button, Form, TextField } from '@tollkeeper/ui'
import { useState } from 'react'
import { EntryPage } from '../../shell/entry-page.tsx'
import { DeviceRequest } from './device-request.tsx'
import { text } from './text.ts'

const route = getRouteApi('/signed-in/device')

/** Where a console or a command line sends its user: the code is checked by eye, then approved or refused. */
export function Device() {
  const { user_code: code } = route.useSearch()
  const navigate = route.useNavigate()
  if (code) return <DeviceRequest code={code} onOther={() => void navigate({ search: {} })} />
  return <EnterCode onCode={(entered) => void navigate({ search: { user_code: entered } })} />
}

function EnterCode({ onCode }: { onCode: (code: string) => void }) {
  const [missing, setMissing] = useState(false)
  return (
    <EntryPage title={text.title} description={text.enter}>
      <Form
        errors={missing ? { code: text.codeMissing } : {}}
        onSubmit={(values) => {
          const code = String(values.get('code') ?? '').trim()
          setMissing(code.length < 4)
          if (code.length >= 4) onCode(code)
        }}
      >
        <TextField
          label={text.code}
          name="code"
          mono
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={32}
          autoFocus
        />
        <Button variant="primary" type="submit" wide>
          {text.find}
        </Button>
      </Form>
    </EntryPage>
  )
}
