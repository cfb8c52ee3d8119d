import sharp from 'sharp'
import { AppError } from '../../../kernel/app-error.ts'
import { imageKindOf } from './image-kind.ts'

/** Both sides of the square every picture becomes. */
const SIDE_PX = 256
const MOST_PIXELS = 24_000_000
const MOST_SECONDS = 5

// of all that the library can read, it is let read the four kinds we take
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadNsgifBuffer'],
})
// a picture is worth one thread: sign-ins need the others
sharp.concurrency(1)
sharp.cache(false)

/**
 * Draws a picture anew as a square WebP: of what was sent nothing is kept but what can be seen in it. No metadata, no second file
 * hidden in it, no animation. How many pixels it has is read from its head, before any are drawn.
 * @throws AppError avatar.refused
 */
export async function encodeAvatar(bytes: Buffer): Promise<Buffer> {
  if (imageKindOf(bytes) === null) throw new AppError('avatar.refused', { detail: 'It is no PNG, JPEG, WebP or GIF.' })
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
      .autoOrient()
      .resize(SIDE_PX, SIDE_PX, { fit: 'cover' })
      .toColourspace('srgb')
      .webp({ quality: 82 })
      .timeout({ seconds: MOST_SECONDS })
      .toBuffer()
  } catch (error) {
    throw new AppError('avatar.refused', { cause: error })
  }
}
