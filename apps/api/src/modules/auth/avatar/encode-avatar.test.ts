import sharp from 'sharp'
import { expect, test } from 'vitest'
import { AppError } from '../../../kernel/app-error.ts'
import { canary, hostilePictures } from '../testing/hostile-pictures.ts'
import { encodeAvatar } from './encode-avatar.ts'

const files = await hostilePictures()

test('there are enough hostile files to speak of', () => {
  expect(files.length).toBeGreaterThanOrEqual(60)
  expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
})

test.each(files.filter(({ fate }) => fate === 'refused').map((file) => [file.name, file.bytes] as const))(
  '%s is refused',
  async (_name, bytes) => {
    const refusal = await encodeAvatar(bytes).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AppError)
    expect((refusal as AppError).code).toBe('avatar.refused')
  },
)

test.each(files.filter(({ fate }) => fate === 'drawn_anew').map((file) => [file.name, file.bytes] as const))(
  '%s becomes a small still square, and nothing else of it is kept',
  async (_name, bytes) => {
    const drawn = await encodeAvatar(bytes)
    const { format, width, height, pages, exif, xmp, icc, orientation } = await sharp(drawn).metadata()
    expect({ format, width, height, pages: pages ?? 1 }).toEqual({ format: 'webp', width: 256, height: 256, pages: 1 })
    expect([exif, xmp, icc, orientation]).toEqual([undefined, undefined, undefined, undefined])
    expect(drawn.length).toBeLessThan(64_000)
    for (const hidden of [canary, '<script', '<?php', 'PK\u0003\u0004', '<svg']) expect(drawn.includes(hidden)).toBe(false)
  },
)

test('a picture is turned the way it was taken', async () => {
  const halves = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#ff0000' } })
    .composite([{ input: { create: { width: 300, height: 150, channels: 3, background: '#0000ff' } }, gravity: 'north' }])
    .withMetadata({ orientation: 3 })
    .jpeg()
    .toBuffer()
  const { data, info } = await sharp(await encodeAvatar(halves))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(data[0]).toBeGreaterThan(200)
  expect(data[data.length - info.channels]).toBeLessThan(60)
})
