/** Markup that is safe to send: everything put into it has been escaped. */
export interface Html {
  readonly markup: string
}

type Value = string | number | Html | readonly Html[] | null | undefined | false

/** A template whose values are escaped, unless they are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const markup = parts.reduce((text, part, index) => text + part + (index < values.length ? render(values[index]) : ''), '')
  return { markup }
}

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map((each) => each.markup).join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
