import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { type Gallery, startGallery } from './gallery.ts'

const executable = findChromium()

test('a CHROMIUM_PATH that leads nowhere is refused by name', () => {
  const before = process.env.CHROMIUM_PATH
  process.env.CHROMIUM_PATH = '/nowhere/chromium'
  expect(() => findChromium()).toThrow('/nowhere/chromium')
  if (before === undefined) delete process.env.CHROMIUM_PATH
  else process.env.CHROMIUM_PATH = before
})

if (executable !== undefined) {
  describe('used in a browser', () => {
    let gallery: Gallery
    let page: Page
    beforeAll(async () => {
      gallery = await startGallery(executable)
    })
    afterAll(() => gallery.close())

    const open = async (section: string, width = 1280) => {
      const opened = await gallery.open(`section=${section}`, {
        viewport: { width, height: 800 },
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      page = opened.page
    }
    const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute('name'))
    const log = () => page.locator('[data-log]').textContent()

    test('a form with something missing says so on the field and takes the reader there; submit never goes dead', async () => {
      await open('fields')
      const form = page.getByRole('form', { name: 'Sign up' })
      const submit = form.getByRole('button', { name: 'Create account' })
      await submit.click()
      await expect.poll(focused).toBe('email')
      const email = form.getByLabel('Email')
      expect(await email.getAttribute('aria-invalid')).toBe('true')
      const note = await email.getAttribute('aria-describedby')
      expect(await page.locator(`[id="${note}"]`).textContent()).toBe('Enter your email address.')
      expect(await submit.isEnabled()).toBe(true)
      await email.fill('ada@example.com')
      await submit.click()
      expect(await email.getAttribute('aria-invalid')).toBeNull()
      expect(await email.inputValue()).toBe('ada@example.com')
      await page.context().close()
    })

    test('a password can be looked at and hidden again', async () => {
      await open('fields')
      const password = page.getByLabel('Password')
      await password.fill('long enough')
      await page.getByRole('button', { name: 'Show' }).click()
      expect(await password.getAttribute('type')).toBe('text')
      await page.getByRole('button', { name: 'Hide' }).click()
      expect(await password.getAttribute('type')).toBe('password')
      await page.context().close()
    })

    test('a choice is made by keyboard alone', async () => {
      await open('fields')
      const expires = page.getByRole('combobox', { name: 'Expires' })
      await expires.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('listbox').waitFor()
      await page.keyboard.type('Nev')
      await expect.poll(focused).toMatch(/^Never/)
      await page.keyboard.press('Enter')
      await expect.poll(() => expires.textContent()).toBe('Never')
      await page.context().close()
    })

    test('rows are walked with J, K and arrows and opened with Enter', async () => {
      await open('tables')
      const table = page.getByRole('region', { name: 'Tenants', exact: true })
      await table.getByRole('button', { name: 'Open Acme Translations' }).focus()
      await page.keyboard.press('j')
      await expect.poll(focused).toBe('Open Borealis')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('k')
      await expect.poll(focused).toBe('Open Borealis')
      await page.keyboard.press('End')
      await expect.poll(focused).toBe('Open Cardinal Press')
      await page.keyboard.press('Enter')
      expect(await table.locator('tr[data-selected]').textContent()).toContain('Cardinal Press')
      await page.context().close()
    })

    test('pressing a row opens it, pressing the id inside it copies the whole id and does not', async () => {
      await open('tables')
      const table = page.getByRole('region', { name: 'Tenants', exact: true })
      await table.getByTitle('ten_01JD7Q2W9R5T8Y3K4M7P').click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('ten_01JD7Q2W9R5T8Y3K4M7P')
      expect(await table.locator('tr[data-selected]').count()).toBe(0)
      await table.getByRole('row').filter({ hasText: 'Borealis' }).getByText('Active').click()
      expect(await table.locator('tr[data-selected]').textContent()).toContain('Borealis')
      await page.context().close()
    })

    test('a sortable header says its direction and turns it', async () => {
      await open('tables')
      const table = page.getByRole('region', { name: 'Tenants', exact: true })
      const header = table.getByRole('columnheader', { name: 'Tenant' })
      expect(await header.getAttribute('aria-sort')).toBe('ascending')
      await header.getByRole('button').click()
      expect(await header.getAttribute('aria-sort')).toBe('descending')
      expect(await table.locator('tbody tr').first().textContent()).toContain('Cardinal Press')
      await page.context().close()
    })

    test('skeleton rows have the height of the rows that come', async () => {
      await open('tables')
      const height = (name: string) =>
        page
          .getByRole('region', { name, exact: true })
          .locator('tbody tr')
          .first()
          .evaluate((row) => row.getBoundingClientRect().height)
      expect(await height('Loading tenants')).toBe(await height('Tenants'))
      await page.context().close()
    })

    test('what cannot be undone happens only after its name is typed', async () => {
      await open('overlays')
      await page.getByRole('button', { name: 'Delete tenant' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete Acme Translations' })
      const confirm = dialog.getByRole('button', { name: 'Delete tenant' })
      await confirm.click()
      expect(await dialog.textContent()).toContain('That is not "Acme Translations"')
      await dialog.getByRole('textbox').fill('acme translations')
      await page.keyboard.press('Enter')
      expect(await log()).toBe('Nothing yet')
      await dialog.getByRole('textbox').fill('Acme Translations')
      await page.keyboard.press('Enter')
      expect(await log()).toBe('Deleted')
      await page.context().close()
    })

    test('a dialog keeps the focus, closes with Escape and gives the focus back', async () => {
      await open('overlays')
      const opener = page.getByRole('button', { name: 'Invite member' })
      await opener.click()
      const dialog = page.getByRole('dialog', { name: 'Invite member' })
      for (let press = 0; press < 8; press++) await page.keyboard.press('Tab')
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(focused).toBe('Invite member')
      await page.context().close()
    })

    test('a dialog that a menu opened gives the focus back to the menu’s button', async () => {
      await open('overlays')
      const more = page.getByRole('button', { name: 'More' })
      await more.click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      const dialog = page.getByRole('dialog', { name: 'Invite member' })
      await dialog.getByRole('textbox').fill('ada@example.com')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => more.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.context().close()
    })

    test('a toast takes back what was done', async () => {
      await open('overlays')
      await page.getByRole('button', { name: 'Revoke with undo' }).click()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      expect(await log()).toBe('Undone')
      expect(await page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(0)
      await page.context().close()
    })

    test('a menu is opened and used by keyboard, past what is disabled', async () => {
      await open('overlays')
      await page.getByRole('button', { name: 'More' }).focus()
      await page.keyboard.press('Enter')
      for (const item of ['Copy id', 'Rotate', 'Rename', 'Revoke']) {
        await page.waitForFunction((name) => document.activeElement?.textContent?.startsWith(name), item)
        if (item !== 'Revoke') await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
      expect(await log()).toBe('Revoked')
      await page.context().close()
    })

    test('on a narrow screen the places come out of the menu button and go away after a choice', async () => {
      await open('shell', 390)
      expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0)
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('link', { name: 'Members' }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(new URL(page.url()).hash).toBe('#members')
      await page.context().close()
    })

    test('the first Tab leads past the places to the content', async () => {
      await open('shell')
      await page.keyboard.press('Tab')
      await expect.poll(focused).toBe('Skip to content')
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
      await page.context().close()
    })

    test('the chosen theme is kept for the next visit', async () => {
      await open('shell')
      await page.getByRole('radio', { name: 'Dark' }).click()
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      await page.reload()
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      expect(await page.getByRole('radio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true')
      await page.getByRole('radio', { name: 'System' }).click()
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBeUndefined()
      await page.context().close()
    })

    test('a secret is copied whole, saved as a file, and gone when it is stored', async () => {
      await open('secrets')
      const secret = 'tk_4fQz8mW2vX9cR7bN5kLp3sT6yH1dJ0gA'
      const block = page.getByRole('region', { name: 'Store this now' })
      await block.getByRole('button', { name: 'Copy' }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
      const [download] = await Promise.all([page.waitForEvent('download'), block.getByRole('button', { name: 'Download' }).click()])
      expect(download.suggestedFilename()).toBe('ci-key.txt')
      await block.getByRole('button', { name: 'I have stored it' }).click()
      expect(await page.content()).not.toContain(secret)
      await page.context().close()
    })

    test('a code sample copies the language that is shown', async () => {
      await open('secrets')
      await page.getByRole('tab', { name: 'Python' }).click()
      await page.locator('[data-specimen="CodeSample"]').getByRole('button', { name: 'Copy' }).click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('authorize("characters", 412)')
      await page.context().close()
    })
  })
}
