import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { errorTable } from '@tollkeeper/shared'
import type { FastifyInstance } from 'fastify'
import { openApiDocument } from './openapi.ts'

const scalar = join(dirname(createRequire(import.meta.url).resolve('@scalar/api-reference')), 'browser/standalone.js')

/** GET /api/v1/openapi.json, and /docs, which shows it without asking any other host for anything. */
export function documentation(publicUrl: string, version: string) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    const document = JSON.stringify(openApiDocument(publicUrl, version))
    let script: Buffer | undefined
    app.get('/api/v1/openapi.json', (_request, reply) => reply.type('application/json').send(document))
    app.get('/docs', (_request, reply) => page(reply).send(referencePage))
    app.get('/docs/reference.js', (_request, reply) => {
      script ??= readFileSync(scalar)
      return reply.type('text/javascript').header('cache-control', 'public, max-age=3600').send(script)
    })
    app.get('/docs/errors', (_request, reply) => page(reply).send(errorsPage))
    done()
  }

  function page(reply: import('fastify').FastifyReply) {
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'",
      )
  }
}

const referencePage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Tollkeeper API</title></head>
<body>
<script id="api-reference" data-url="/api/v1/openapi.json" data-configuration='{"withDefaultFonts":false,"hideClientButton":true,"telemetry":false,"showDeveloperTools":"never","showToolbar":"never","mcp":{"disabled":true},"agent":{"disabled":true},"defaultHttpClient":{"targetKey":"shell","clientKey":"curl"}}'></script>
<script src="/docs/reference.js"></script>
</body>
</html>`

const rows = Object.entries(errorTable)
  .map(
    ([code, { status, title, next }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${next}</td></tr>`,
  )
  .join('\n')
const errorsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Error codes · Tollkeeper</title>
<style>body{font:14px/1.5 system-ui;margin:32px auto;max-width:1100px;padding:0 16px;color-scheme:light dark}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #8884;padding:8px;text-align:left;vertical-align:top}:target{background:#fd08}</style></head>
<body><h1>Error codes</h1><p>Every refusal carries one of these codes. They are stable; the texts may change.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>What happened</th><th>What to do</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>`
