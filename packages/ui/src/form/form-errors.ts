import { createContext, useContext } from 'react'

/** What is wrong, by the name of the field: `{ email: 'That address is already invited. Choose another.' }`. */
export type FormErrors = Readonly<Record<string, string | undefined>>

export const FormErrorsContext = createContext<FormErrors>({})

/** The fault of the field with this name, where its form was given one. */
export function useFieldError(name: string | undefined, own: string | undefined): string | undefined {
  const errors = useContext(FormErrorsContext)
  return own ?? (name === undefined ? undefined : errors[name])
}
