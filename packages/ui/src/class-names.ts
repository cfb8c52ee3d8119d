/** Joins the class names that apply, so that a condition can stand where its class would. */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
