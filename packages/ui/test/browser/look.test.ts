import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityFaults } from './axe.ts'
import { findChromium } from './find-chromium.ts'
import { buildGallery, type Gallery, startGallery } from './gallery.ts'

const executable = findChromium()

test('the gallery builds', async () => {
  await rm(await buildGallery(), { recursive: true })
})

if (executable === undefined) {
  console.info('Browser checks of packages/ui did not run: no Chromium here. Install one or set CHROMIUM_PATH.')
} else {
  describe('in a browser', () => {
    let gallery: Gallery
    beforeAll(async () => {
      gallery = await startGallery(executable)
    })
    afterAll(() => gallery.close())

    describe.each(['light', 'dark'])('in the %s theme', (theme) => {
      test.each([
        ['wide and comfortable', 1280, 'comfortable'],
        ['wide and compact', 1280, 'compact'],
        ['narrow', 390, 'comfortable'],
      ])('%s: no console complaint, no sideways scrolling, nothing for axe', async (_, width, density) => {
        for (const section of ['', 'section=shell&']) {
          const { page, faults } = await gallery.open(`${section}theme=${theme}&density=${density}`, {
            viewport: { width, height: 800 },
          })
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
          expect(await accessibilityFaults(page)).toEqual([])
          expect(faults).toEqual([])
          await page.context().close()
        }
      })

      test('overlays are clean while they are open', async () => {
        const { page, faults } = await gallery.open(`section=overlays&theme=${theme}`)
        await page.getByRole('button', { name: 'Delete tenant' }).click()
        expect(await accessibilityFaults(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('button', { name: 'More' }).click()
        await page.getByRole('menuitem', { name: 'Rotate' }).waitFor()
        // A menu is drawn at the end of the page, outside its landmarks, for as long as it is open.
        expect(await accessibilityFaults(page, { except: ['region'] })).toEqual([])
        expect(faults).toEqual([])
        await page.context().close()
      })
    })

    test('without a choice the theme is the machine’s; a choice beats the machine', async () => {
      const background = `getComputedStyle(document.documentElement).backgroundColor`
      const look = async (query: string, colorScheme: 'light' | 'dark') => {
        const { page } = await gallery.open(query, { colorScheme })
        const colour = await page.evaluate<string>(background)
        await page.context().close()
        return colour
      }
      const light = await look('section=actions', 'light')
      const dark = await look('section=actions', 'dark')
      expect(light).not.toBe(dark)
      expect(await look('section=actions&theme=light', 'dark')).toBe(light)
      expect(await look('section=actions&theme=dark', 'light')).toBe(dark)
    })

    test('rows and controls have the heights of their density, and grow for fingers', async () => {
      const heights = async (query: string, hasTouch = false) => {
        const { page } = await gallery.open(query, { hasTouch, isMobile: hasTouch })
        const row = await page
          .locator('tbody tr')
          .first()
          .evaluate((element) => element.getBoundingClientRect().height)
        const button = await page
          .getByRole('button', { name: 'Issue key' })
          .evaluate((element) => element.getBoundingClientRect().height)
        await page.context().close()
        return { row, button }
      }
      expect(await heights('section=shell')).toEqual({ row: 44, button: 36 })
      expect(await heights('section=shell&density=compact')).toEqual({ row: 32, button: 28 })
      expect(await heights('section=shell&density=compact', true)).toEqual({ row: 44, button: 44 })
    })

    test('nothing moves for a reader who asked for stillness, and what moves otherwise is short', async () => {
      const longest = `Math.max(...document.getAnimations().map((animation) => animation.effect.getComputedTiming().duration), 0)`
      const animations = 'document.getAnimations().length'
      const still = await gallery.open('section=overlays')
      await still.page.getByRole('button', { name: 'Invite member' }).click()
      expect(await still.page.evaluate(animations)).toBe(0)
      await still.page.context().close()
      const moving = await gallery.open('section=overlays', { reducedMotion: 'no-preference' })
      await moving.page.getByRole('button', { name: 'Invite member' }).click()
      const duration = await moving.page.evaluate<number>(longest)
      expect(duration).toBeGreaterThanOrEqual(120)
      expect(duration).toBeLessThanOrEqual(160)
      await moving.page.context().close()
    })
  })
}
