/**
 * Where to go after signing in: a path of this site, else the home page. A `next` that a stranger wrote into a link must not
 * lead anywhere else, so what a browser would read as another host is refused (`//host`, `/\host`, tabs that hide one).
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])/.test(next) || /[\p{Cc}\\]/u.test(next)) return '/'
  // dots are taken out of a path before it is read again: /.//host is //host then
  if (new URL(next, 'http://here.invalid').pathname.includes('//')) return '/'
  return next.startsWith('/sign-in') || next.startsWith('/sign-up') ? '/' : next
}
