import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, SelectField, TextField, useTheme, useToast } from '@tollkeeper/ui'
import { useState } from 'react'
import type { Answers } from '../../api/answers.ts'
import { readFailure } from '../../api/failure.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { fieldErrors, landsOnFields } from '../../api/field-errors.ts'
import { useTRPC } from '../../api/trpc.ts'
import { useSession } from '../../session/session.ts'
import { Panel } from '../../shell/panel.tsx'
import { text } from './text.ts'

type Preferences = Answers['auth']['account']['read']['preferences']

const locales = [
  { value: 'en', label: text.preferences.locales.en },
  { value: 'zh', label: text.preferences.locales.zh },
]
const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.preferences.themes[value] }))

/** Language and time zone of mails, and the theme of these pages. */
export function PreferencesPanel({ preferences }: { preferences: Preferences }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const [locale, setLocale] = useState<Preferences['locale']>(preferences.locale)
  const { chooseTheme } = useSession()
  const [theme] = useTheme()
  const save = useMutation(
    trpc.auth.account.changePreferences.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.auth.account.read.queryKey() })
        toast({ title: text.saved })
      },
    }),
  )
  const failure = save.error ? readFailure(save.error) : null
  return (
    <Panel title={text.preferences.title} note={text.preferences.note}>
      <div className="flex max-w-96 flex-col gap-8">
        <SelectField
          label={text.preferences.theme}
          help={text.preferences.themeHelp}
          options={themes}
          value={theme}
          onValueChange={(value) => chooseTheme(value === 'light' || value === 'dark' ? value : 'system')}
        />
        <Form
          notice={failure && !landsOnFields(failure, ['timeZone']) && <FailureNotice error={save.error} />}
          errors={fieldErrors(failure, ['timeZone'])}
          onSubmit={(values) => {
            const timeZone = String(values.get('timeZone') ?? '').trim()
            if (!save.isPending) save.mutate({ locale, timeZone })
          }}
        >
          <SelectField
            label={text.preferences.locale}
            options={locales}
            value={locale}
            onValueChange={(value) => setLocale(value === 'zh' ? 'zh' : 'en')}
          />
          <TextField label={text.preferences.timeZone} name="timeZone" list="time-zones" defaultValue={preferences.timeZone} />
          <datalist id="time-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <div>
            <Button type="submit" busy={save.isPending}>
              {text.preferences.save}
            </Button>
          </div>
        </Form>
      </div>
    </Panel>
  )
}
