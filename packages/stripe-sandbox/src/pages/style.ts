/** One style sheet for all hosted pages: system type, roles instead of hues, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --surface: #f6f7f5; --raised: #ffffff; --ink: #1b1f1d; --muted: #5b635f; --line: #d9ddda; --field: #868f8a;
  --accent: #1f6b4f; --on-accent: #ffffff; --allowed: #17663f; --denied: #a92b25; --denied-back: #fcefed;
  --warning: #7a5200; --warning-back: #fff4d9; --warning-line: #d9a93a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #131715; --raised: #1b201d; --ink: #e8ece9; --muted: #a3ada8; --line: #313833; --field: #78827d;
    --accent: #6fcfa4; --on-accent: #0c1a13; --allowed: #74d3a2; --denied: #ff9d93; --denied-back: #35201e;
    --warning: #f2cd7c; --warning-back: #2c2413; --warning-line: #7d6428;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--surface); color: var(--ink); font: 16px/1.5 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.banner { background: var(--warning-back); color: var(--warning); border-bottom: 1px solid var(--warning-line); padding: 8px 16px; text-align: center; font-size: 14px; }
.banner strong { font-weight: 600; }
main { max-width: 960px; margin: 0 auto; padding: 32px 16px 64px; }
main.narrow { max-width: 640px; }
.columns { display: grid; gap: 32px; }
@media (min-width: 760px) { main { padding-top: 64px; } .columns { grid-template-columns: 1fr 1fr; gap: 64px; } }
h1 { font-size: 20px; font-weight: 550; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 16px; font-weight: 550; margin: 32px 0 12px; }
p { margin: 0 0 16px; }
.price { font-size: 32px; font-weight: 550; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
.muted { color: var(--muted); font-size: 14px; }
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 24px; }
.panel > :last-child { margin-bottom: 0; }
table { width: 100%; border-collapse: collapse; font-size: 14px; margin: 16px 0; }
th, td { text-align: left; padding: 12px 8px 12px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { color: var(--muted); font-size: 13px; padding-top: 0; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 500; }
td button { min-height: 36px; padding: 4px 12px; font-size: 14px; }
th.number, td.number { text-align: right; padding-right: 0; white-space: nowrap; }
.scroll { overflow-x: auto; }
label { display: block; font-size: 14px; margin: 0 0 4px; }
.field { margin: 0 0 16px; }
.field .muted { margin: 4px 0 0; font-size: 13px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
input, select { width: 100%; font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--field); border-radius: 8px; padding: 8px 12px; min-height: 44px; }
input.code, .code { font-family: 'JetBrains Mono', ui-monospace, monospace; font-size: 14px; }
input[readonly] { color: var(--muted); border-style: dashed; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 44px; padding: 8px 16px; border-radius: 8px; border: 1px solid var(--field); background: var(--raised); color: var(--ink); font: inherit; font-weight: 500; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--ink); }
button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.stack { display: grid; gap: 12px; margin-top: 24px; }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
.spread { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: center; justify-content: space-between; }
.quiet { background: none; border-color: transparent; color: var(--muted); text-decoration: underline; font-weight: 400; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.notice { border: 1px solid var(--denied); background: var(--denied-back); color: var(--denied); border-radius: 8px; padding: 12px 16px; margin: 0 0 24px; font-size: 14px; }
.notice.good { border-color: var(--allowed); background: none; color: var(--allowed); }
.state { font-size: 14px; font-weight: 500; }
.state.good { color: var(--allowed); } .state.bad { color: var(--denied); } .state.soon { color: var(--warning); }
.item { border-top: 1px solid var(--line); padding: 16px 0; }
.item:first-of-type { border-top: 0; padding-top: 0; }
.item:last-of-type { padding-bottom: 0; }
.item p { margin: 0; }
footer { margin-top: 48px; font-size: 13px; color: var(--muted); overflow-wrap: anywhere; }
@media print { .banner, form, footer { display: none; } body { background: none; } }
`
