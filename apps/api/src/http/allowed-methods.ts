import type { FastifyInstance } from 'fastify'

/** Says with which methods a path can be asked; with none where there is no such path. */
export type AllowedMethods = (path: string) => string[]

/** Takes note of every route that is registered from now on. */
export function noteMethods(app: FastifyInstance): AllowedMethods {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    methodsOf.set(url, methods)
    for (const one of [method].flat()) methods.add(one)
  })
  let routes: { pattern: RegExp; methods: Set<string> }[] | undefined
  return (path) => {
    routes ??= [...methodsOf].map(([url, methods]) => ({ pattern: patternOf(url), methods }))
    return [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]))].sort()
  }
}

/** As the router reads it: `:name` is one part of the path, `*` all that follows, and a slash at the end is no matter. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replaceAll('.', '\\.')))
  return new RegExp(`^${parts.join('/')}/?$`)
}
