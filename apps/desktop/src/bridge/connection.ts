import { z } from 'zod'

export const connectionColours = ['slate', 'blue', 'green', 'amber', 'red', 'violet'] as const
export const ConnectionColour = z.enum(connectionColours)
export type ConnectionColour = z.infer<typeof ConnectionColour>

export const environments = ['development', 'staging', 'production'] as const
export const EnvironmentLabel = z.enum(environments)
export type EnvironmentLabel = z.infer<typeof EnvironmentLabel>

export const ConnectionId = z.string().regex(/^con_[0-9a-f]{32}$/, 'must be an id that begins with con_')

/** What a person chooses about a connection. */
export const ConnectionLook = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(60),
  colour: ConnectionColour,
  environment: EnvironmentLabel,
})
export type ConnectionLook = z.infer<typeof ConnectionLook>
