import { type Html, html } from './html.ts'
import { style } from './style.ts'

export interface Page {
  title: string
  body: Html
  /** Two columns where there is room; one narrow column otherwise. */
  wide?: boolean
  /** Small print, the id to quote for example. */
  footer?: Html
}

/** The whole document. It needs no script and loads nothing else. */
export function document({ title, body, wide = false, footer }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Sandbox</title>
<style>${{ markup: style }}</style>
</head>
<body>
<header class="banner"><strong>Sandbox</strong> — no money moves. Only test cards work here.</header>
<main${wide ? '' : { markup: ' class="narrow"' }}>
${body}
${footer && html`<footer>${footer}</footer>`}
</main>
</body>
</html>
`.markup
}

/** What happened, why, and the way on. */
export function message(title: string, text: string, way?: { href: string; label: string }): Page {
  const link = way && html`<p><a class="button primary" href="${way.href}">${way.label}</a></p>`
  return { title, body: html`<div class="panel"><h1>${title}</h1><p>${text}</p>${link}</div>` }
}
