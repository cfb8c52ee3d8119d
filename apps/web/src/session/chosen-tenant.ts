import { kept } from './storage.ts'

const ofThisTab = kept(() => sessionStorage, 'tollkeeper.tenant')
const ofTheNextTab = kept(() => localStorage, 'tollkeeper.tenant')

/** The tenant this tab acts for. Each tab keeps its own; a new tab begins with the one chosen last. */
export function readChosenTenant(): string | null {
  return ofThisTab.read() ?? ofTheNextTab.read()
}

/** Keeps the choice for this tab and the next ones; null forgets it. */
export function keepChosenTenant(id: string | null): void {
  ofThisTab.write(id)
  ofTheNextTab.write(id)
}
