import { createContext, type ReactNode, useContext, useMemo } from 'react'

/** How numbers, money and dates are written. */
export interface LocaleSettings {
  /** A BCP 47 tag such as `en` or `zh-CN`. */
  locale: string
  /** An IANA zone such as `Asia/Shanghai`; absent: the zone of the machine. */
  timeZone?: string
}

const LocaleContext = createContext<LocaleSettings>({ locale: 'en' })

/** Sets the locale and time zone for every component below it. Without one, components write English in the machine's zone. */
export function LocaleProvider({ locale, timeZone, children }: LocaleSettings & { children: ReactNode }) {
  const settings = useMemo(() => ({ locale, timeZone }), [locale, timeZone])
  return <LocaleContext value={settings}>{children}</LocaleContext>
}

/** The locale settings in force here. */
export function useLocale(): LocaleSettings {
  return useContext(LocaleContext)
}
