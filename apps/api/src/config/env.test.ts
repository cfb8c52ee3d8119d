import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigurationError, readConfig } from './config.ts'
import { Environment } from './env.ts'

const root = resolve(import.meta.dirname, '../../../..')
const example = readFileSync(resolve(root, '.env.example'), 'utf8')
const documented = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!)

test('.env.example names every variable the server reads, and no other', () => {
  expect(documented.toSorted()).toEqual(Object.keys(Environment.shape).toSorted())
})

test('each variable stands under a comment that describes it, or shares one with its neighbours', () => {
  for (const name of documented) {
    const paragraph = example.split('\n\n').find((text) => new RegExp(`^${name}=`, 'm').test(text))!
    expect(paragraph.slice(0, paragraph.indexOf(`${name}=`)), name).toMatch(/^#/m)
  }
})

test('the example itself is a configuration that starts', () => {
  const variables = Object.fromEntries([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1]!, match[2]!]))
  expect(readConfig(variables)).toMatchObject({ production: false, http: { port: 4000 }, database: { url: null } })
})

test('a database of its own makes it production, which is refused until all that needs is there', () => {
  expect(() => readConfig({ DATABASE_URL: 'postgres://a@b/c' })).toThrow(ConfigurationError)
  expect(readConfig({ DATABASE_URL: 'postgres://a@b/c', NODE_ENV: 'development' }).production).toBe(false)
})

test('production refuses a secret anybody could guess, and a key of the sandbox', () => {
  const complete = {
    DATABASE_URL: 'postgres://a@b/c',
    TOLLKEEPER_URL: 'https://accounts.example.com',
    TOLLKEEPER_SECRET: 'q9Zr4T7xLw2Kc8Vb5Nn1Md6Jf3Hg0PsYtRe',
    STRIPE_SECRET_KEY: 'sk_live_1',
    STRIPE_WEBHOOK_SECRETS: 'whsec_1,whsec_2',
    SMTP_URL: 'smtp://localhost',
  }
  expect(readConfig(complete)).toMatchObject({ production: true, stripe: { webhookSecrets: ['whsec_1', 'whsec_2'] } })
  const faultsOf = (change: Record<string, string>) => {
    try {
      readConfig({ ...complete, ...change })
      return []
    } catch (error) {
      return (error as ConfigurationError).faults.map(({ variable }) => variable)
    }
  }
  expect(faultsOf({ TOLLKEEPER_SECRET: 'x'.repeat(48) })).toEqual(['TOLLKEEPER_SECRET'])
  expect(faultsOf({ STRIPE_SECRET_KEY: 'sk_test_sandbox_1' })).toEqual(['STRIPE_SECRET_KEY'])
})
