import type { Locale } from '@tollkeeper/shared'
import type { Letter } from './letter.ts'

export interface LaidOutMail {
  subject: string
  text: string
  html: string
}

/** What stands around a letter, in each language. */
const frame: Record<Locale, { tag: string; afterLabel: string; otherwise: string }> = {
  en: { tag: 'en', afterLabel: ':', otherwise: 'If the button does nothing, open this address:' },
  zh: { tag: 'zh-Hans', afterLabel: '：', otherwise: '如果按钮没有反应，请打开这个地址：' },
}

/** Turns a letter into both bodies of a mail. Every value is escaped; the only link there is leads to `publicUrl`. */
export function layOut(letter: Letter, publicUrl: string, locale: Locale = 'en'): LaidOutMail {
  const { subject, paragraphs, action, notes = [] } = letter
  const actionLine = action ? [`${action.label}${frame[locale].afterLabel}\n${publicUrl}${action.path}`] : []
  const text = [...paragraphs, ...actionLine, ...notes, `Tollkeeper, ${publicUrl}`].join('\n\n')
  return { subject: oneLine(subject), text: `${text}\n`, html: page(letter, publicUrl, locale) }
}

function page({ subject, paragraphs, action, notes = [] }: Letter, publicUrl: string, locale: Locale): string {
  const body = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`).join('\n')
  const small = notes.map((note) => `<p style="margin:0 0 8px;font-size:13px;color:#57606a">${escapeHtml(note)}</p>`).join('\n')
  return `<!doctype html>
<html lang="${frame[locale].tag}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f4f5f7;color:#16191d;font:15px/1.55 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e2e5e9;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600">${escapeHtml(subject)}</h1>
${body}
${action ? button(action.label, `${publicUrl}${action.path}`, locale) : ''}
${small}
</div>
<p style="max-width:520px;margin:16px auto 0;font-size:12px;color:#6b7280">Tollkeeper, ${escapeHtml(publicUrl)}</p>
</body>
</html>
`
}

function button(label: string, link: string, locale: Locale): string {
  const href = escapeHtml(link)
  return `<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1f4fd8;color:#ffffff;text-decoration:none;font-weight:550">${escapeHtml(label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#57606a">${frame[locale].otherwise}<br><a href="${href}" style="color:#1f4fd8;word-break:break-all">${href}</a></p>`
}

/** A subject is a header: a line break in it would begin another. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\s+/g, ' ').trim()
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
