/** What the reader chose; `system` follows the machine. */
export type ThemeChoice = 'light' | 'dark' | 'system'

const storageKey = 'tollkeeper.theme'
const listeners = new Set<() => void>()
let memory: ThemeChoice = 'system'

function parse(stored: string | null): ThemeChoice {
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** The stored choice. Where the browser keeps no storage, the choice lasts as long as the page. */
export function readTheme(): ThemeChoice {
  try {
    return parse(localStorage.getItem(storageKey))
  } catch {
    return memory
  }
}

function show(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
}

function store(choice: ThemeChoice): void {
  memory = choice
  try {
    localStorage.setItem(storageKey, choice)
  } catch (error) {
    console.info('The theme is not kept: this browser allows no storage.', error)
  }
}

/** Shows and keeps a choice. */
export function chooseTheme(choice: ThemeChoice): void {
  store(choice)
  show(choice)
  for (const notify of listeners) notify()
}

/** Shows the stored choice; call it before the first render so that the page never flashes. */
export function applyStoredTheme(): void {
  show(readTheme())
}

/** Calls back when the choice changes, in this window or another. Returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const fromElsewhere = (event: StorageEvent) => {
    if (event.key !== storageKey) return
    applyStoredTheme()
    listener()
  }
  listeners.add(listener)
  window.addEventListener('storage', fromElsewhere)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', fromElsewhere)
  }
}
