import type { Locale } from '@tollkeeper/shared'

/** What stands around a letter, in each language. */
export const frame: Record<Locale, { tag: string; colon: string; otherwise: string }> = {
  en: { tag: 'en', colon: ': ', otherwise: 'If the button does nothing, open this address:' },
  zh: { tag: 'zh-Hans', colon: '：', otherwise: '如果按钮没有反应，请打开这个地址：' },
}
