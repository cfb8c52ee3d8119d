/** Pixels a side of the picture that is sent; the server makes it smaller still. */
const SIDE = 512

/**
 * Cuts a picture to a square from its middle and makes it small enough to send, in base64. The server draws it anew in any case;
 * this only spares the way there.
 * @throws DOMException when the file is no picture this browser can show
 */
export async function shrinkPicture(file: File): Promise<string> {
  const picture = await createImageBitmap(file)
  const side = Math.min(picture.width, picture.height)
  const canvas = new OffscreenCanvas(SIDE, SIDE)
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2]
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE)
  picture.close()
  return toBase64(await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 }))
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
