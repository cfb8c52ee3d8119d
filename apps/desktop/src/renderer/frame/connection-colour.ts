import type { ConnectionColour, EnvironmentLabel } from '../../bridge/connection.ts'

export const edgeOf: Record<ConnectionColour, string> = {
  slate: 'border-connection-slate',
  blue: 'border-connection-blue',
  green: 'border-connection-green',
  amber: 'border-connection-amber',
  red: 'border-connection-red',
  violet: 'border-connection-violet',
}

export const fillOf: Record<ConnectionColour, string> = {
  slate: 'bg-connection-slate',
  blue: 'bg-connection-blue',
  green: 'bg-connection-green',
  amber: 'bg-connection-amber',
  red: 'bg-connection-red',
  violet: 'bg-connection-violet',
}

export const colourNames: Record<ConnectionColour, string> = {
  slate: 'Slate',
  blue: 'Blue',
  green: 'Green',
  amber: 'Amber',
  red: 'Red',
  violet: 'Violet',
}

export const environmentNames: Record<EnvironmentLabel, string> = {
  development: 'Development',
  staging: 'Staging',
  production: 'Production',
}

/** What a new connection gets until the person chooses. */
export const usualColour: Record<EnvironmentLabel, ConnectionColour> = { development: 'green', staging: 'amber', production: 'red' }
