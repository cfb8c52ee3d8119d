import { TextField } from '@tollkeeper/ui'

/** An instant in the time of this machine, which may be left empty. */
export function InstantField({ label, name, help }: { label: string; name: string; help: string }) {
  return <TextField label={label} name={name} type="datetime-local" optional help={help} />
}

/** What was entered as the server takes it; undefined where nothing was. */
export function instantOf(values: FormData, name: string): string | undefined {
  const typed = String(values.get(name) ?? '')
  return typed === '' ? undefined : new Date(typed).toISOString()
}
