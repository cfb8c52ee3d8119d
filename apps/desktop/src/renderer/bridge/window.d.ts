import type { ConsoleBridge } from '../../bridge/console-bridge.ts'

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly tollkeeper: ConsoleBridge
  }
}
