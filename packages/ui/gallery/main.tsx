import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './gallery.css'
import { applyStoredTheme } from '../src/index.ts'
import { Gallery } from './gallery.tsx'

applyStoredTheme()

// ?theme=dark and ?density=compact, so that a screenshot can ask for what it needs.
const query = new URLSearchParams(location.search)
for (const name of ['theme', 'density'] as const) {
  const value = query.get(name)
  if (value) document.documentElement.dataset[name] = value
}

const root = document.getElementById('root')
if (root === null) throw new Error('gallery/index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <Gallery section={query.get('section')} />
  </StrictMode>,
)
