import { applyStoredTheme, LocaleProvider, ToastProvider } from '@tollkeeper/ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ConsoleStateProvider } from './bridge/console-state.tsx'
import { ConsoleRouter } from './router.tsx'
import './console.css'

applyStoredTheme()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root element.')
createRoot(root).render(
  <StrictMode>
    <LocaleProvider locale="en">
      <ToastProvider>
        <ConsoleStateProvider>
          <ConsoleRouter />
        </ConsoleStateProvider>
      </ToastProvider>
    </LocaleProvider>
  </StrictMode>,
)
