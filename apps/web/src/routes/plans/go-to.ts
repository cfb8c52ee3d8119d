/** Leaves for a payment page. Throws TypeError for anything a browser would not open as a page. */
export function goTo(address: string): void {
  const url = new URL(address, window.location.href)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`${url.protocol} is no address of a payment page.`)
  window.location.assign(url)
}
