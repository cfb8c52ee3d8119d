import packageJson from '../package.json' with { type: 'json' }

/** The version that answers say, and that the OpenAPI document carries. */
export const version: string = packageJson.version
