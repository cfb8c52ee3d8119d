import type { CSSProperties } from 'react'

/** Inline, because many readers of mail drop a style sheet. */
export const style = {
  body: {
    margin: 0,
    padding: '32px 16px',
    backgroundColor: '#f4f5f7',
    color: '#16191d',
    fontFamily: "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'PingFang SC','Microsoft YaHei',sans-serif",
    fontSize: '15px',
    lineHeight: '1.55',
  },
  sheet: {
    maxWidth: '520px',
    padding: '32px',
    backgroundColor: '#ffffff',
    border: '1px solid #e2e5e9',
    borderRadius: '8px',
  },
  heading: { margin: '0 0 16px', fontSize: '20px', lineHeight: '1.3', fontWeight: 600 },
  paragraph: { margin: '0 0 16px', fontSize: '15px', lineHeight: '1.55' },
  code: {
    margin: '8px 0 24px',
    padding: '16px',
    borderRadius: '8px',
    backgroundColor: '#f4f5f7',
    fontFamily: 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace',
    fontSize: '28px',
    lineHeight: '1.2',
    letterSpacing: '6px',
    textAlign: 'center',
  },
  facts: { margin: '0 0 16px', width: '100%', borderCollapse: 'collapse', fontSize: '14px' },
  factName: {
    padding: '8px 16px 8px 0',
    borderBottom: '1px solid #e2e5e9',
    color: '#57606a',
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: 400,
    whiteSpace: 'nowrap',
  },
  factValue: { padding: '8px 0', borderBottom: '1px solid #e2e5e9', textAlign: 'right', wordBreak: 'break-word' },
  action: { margin: '24px 0' },
  button: {
    padding: '10px 18px',
    borderRadius: '8px',
    backgroundColor: '#1f4fd8',
    color: '#ffffff',
    fontWeight: 550,
    textDecoration: 'none',
  },
  small: { margin: '0 0 8px', fontSize: '13px', lineHeight: '1.55', color: '#57606a' },
  link: { color: '#1f4fd8', wordBreak: 'break-all' },
  foot: { maxWidth: '520px', margin: '16px auto 0', fontSize: '12px', lineHeight: '1.55', color: '#6b7280' },
} satisfies Record<string, CSSProperties>

/** For the readers that keep a style sheet and show mail in the dark. */
export const darkStyle = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #101215 !important; color: #e9ebee !important }
  .ink { color: #e9ebee !important }
  .sheet { background-color: #181b1f !important; border-color: #2b3036 !important }
  .code { background-color: #101215 !important }
  .muted { color: #9aa4af !important }
  .line { border-color: #2b3036 !important }
  .link { color: #8fb0ff !important }
}
`
