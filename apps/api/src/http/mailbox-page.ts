import type { MailboxMessage } from '@tollkeeper/shared'

/** The list, newest first. It reads itself again every ten seconds. */
export function listPage(messages: readonly MailboxMessage[]): string {
  const rows = messages.map(
    ({ id, to, subject, at }) =>
      `<tr><td><a href="/dev/mailbox/${encodeURIComponent(id)}">${escapeHtml(subject)}</a></td><td class="mono">${escapeHtml(to)}</td><td class="time">${time(at)}</td></tr>`,
  )
  const list = `<table><thead><tr><th>Subject</th><th>To</th><th class="time">Written</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`
  const empty =
    '<p class="empty">No mail yet. Register at <a href="/sign-up">/sign-up</a>, and the message with the link appears here.</p>'
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>\n<p class="muted">${intro}</p>\n${messages.length > 0 ? list : empty}`,
    '<meta http-equiv="refresh" content="10">',
  )
}

/** One message: its HTML in a frame that can run nothing, its text below. A link in it opens in this window. */
export function messagePage({ to, subject, text, html, at }: MailboxMessage): string {
  const framed = html.replace('<head>', '<head><base target="_top">').replaceAll(' target="_blank"', '')
  return page(
    subject,
    `<p><a href="/dev/mailbox">All mail</a></p>
<h1>${escapeHtml(subject)}</h1>
<p class="muted">To <span class="mono">${escapeHtml(to)}</span>, written ${time(at)}</p>
<iframe title="The message" sandbox="allow-top-navigation-by-user-activation" srcdoc="${escapeHtml(framed)}"></iframe>
<h2>As text</h2>
<pre>${linked(text)}</pre>`,
  )
}

const intro =
  'No SMTP server is set, so every mail stays here, on this machine. Programs read it at <a href="/dev/mailbox.json">/dev/mailbox.json</a>.'

const style = `
:root { color-scheme: light dark; --surface: #f4f5f7; --raised: #fff; --ink: #16191d; --muted: #57606a; --line: #e2e5e9; --accent: #1f4fd8 }
@media (prefers-color-scheme: dark) { :root { --surface: #101215; --raised: #181b1f; --ink: #e9ebee; --muted: #9aa4af; --line: #2b3036; --accent: #8fb0ff } }
body { margin: 0; background: var(--surface); color: var(--ink); font: 14px/1.5 'Inter Variable', Inter, system-ui, sans-serif }
main { max-width: 880px; margin: 0 auto; padding: 48px 24px }
h1 { font-size: 24px; font-weight: 550; margin: 0 0 8px } h2 { font-size: 16px; font-weight: 550; margin: 32px 0 8px }
a { color: var(--accent) } .muted { color: var(--muted) } .mono, pre { font-family: 'JetBrains Mono Variable', ui-monospace, monospace; font-size: 13px }
table { width: 100%; border-collapse: collapse; margin-top: 24px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px }
th, td { height: 44px; padding: 0 16px; text-align: left; border-bottom: 1px solid var(--line) } tr:last-child td { border-bottom: 0 }
th { font-weight: 550; color: var(--muted); font-size: 13px } .time { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
iframe { width: 100%; height: 480px; background: #f4f5f7; border: 1px solid var(--line); border-radius: 8px; margin-top: 16px }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 16px }
.empty { margin-top: 24px; padding: 32px; background: var(--raised); border: 1px solid var(--line); border-radius: 8px }`

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} · Tollkeeper mailbox</title>${head}<style>${style}</style></head>
<body><main>
${body}
</main></body>
</html>
`
}

function time(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 19).replace('T', ' '))} UTC</time>`
}

/** The text with its addresses made into links. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((piece, index) => (index % 2 === 1 ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>` : escapeHtml(piece)))
    .join('')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
