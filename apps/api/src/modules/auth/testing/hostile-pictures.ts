import { crc32, deflateSync, gzipSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'

/** What must not be found in anything that was made of these files. */
export const canary = 'tollkeeper-canary-<script>alert(1)</script>'

export interface HostileFile {
  name: string
  bytes: Buffer
  /** Whether it may become a picture, or must be refused. */
  fate: 'drawn_anew' | 'refused'
}

const formats = ['png', 'jpeg', 'webp', 'gif'] as const
type Format = (typeof formats)[number]

const canvas = (width = 300, height = 200) => sharp({ create: { width, height, channels: 3, background: '#1f4fd8' } })
const encode = (picture: Sharp, format: Format) => picture.toFormat(format).toBuffer()

/** At least sixty files somebody could send as their picture. */
export async function hostilePictures(): Promise<HostileFile[]> {
  const plain = Object.fromEntries(
    await Promise.all(formats.map(async (format) => [format, await encode(canvas(), format)] as const)),
  ) as Record<Format, Buffer>
  return [
    ...otherKinds(),
    ...bombs(),
    ...cutShort(plain),
    ...polyglots(plain),
    ...withComments(plain),
    ...(await withMetadata()),
    ...(await ofOddShapes()),
  ]
}

function refused(name: string, bytes: Buffer | string): HostileFile {
  return { name, bytes: Buffer.from(bytes as string), fate: 'refused' }
}
const drawn = (name: string, bytes: Buffer): HostileFile => ({ name, bytes, fate: 'drawn_anew' })

function otherKinds(): HostileFile[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert('${canary}')</script></svg>`
  const entity =
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
  const remote = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://169.254.169.254/latest/meta-data/"/></svg>'
  return [
    refused('svg with a script', svg),
    refused('svg after an XML declaration', `<?xml version="1.0"?>${svg}`),
    refused('svg after a byte order mark', `\ufeff${svg}`),
    refused('svg after blanks', `\n\n   ${svg}`),
    refused('svg that reads a file', entity),
    refused('svg that asks another server', remote),
    refused('svg, compressed', gzipSync(svg)),
    refused('html', `<html><body>${canary}</body></html>`),
    refused('javascript', `alert("${canary}")`),
    refused('php', `<?php echo "${canary}"; ?>`),
    refused('pdf', `%PDF-1.7\n${canary}\n%%EOF`),
    refused('postscript', `%!PS-Adobe-3.0\n(${canary}) show`),
    refused('zip', Buffer.from(`504b0304${'00'.repeat(60)}`, 'hex')),
    refused('tiff', Buffer.from(`49492a0008000000${'00'.repeat(60)}`, 'hex')),
    refused('bmp', Buffer.from(`424d3a00000000000000${'00'.repeat(60)}`, 'hex')),
    refused('icon', Buffer.from(`00000100010010100000${'00'.repeat(60)}`, 'hex')),
    refused('avif', Buffer.from(`0000001c66747970617669660000000061766966${'00'.repeat(60)}`, 'hex')),
    refused('heic', Buffer.from(`0000001c667479706865696300000000686569636d696631${'00'.repeat(60)}`, 'hex')),
    refused('jpeg 2000', Buffer.from(`0000000c6a5020200d0a870a${'00'.repeat(60)}`, 'hex')),
    refused('photoshop', Buffer.from(`38425053000100000000${'00'.repeat(60)}`, 'hex')),
    refused('mp4', Buffer.from(`00000018667479706d703432${'00'.repeat(60)}`, 'hex')),
    refused('program', Buffer.from(`7f454c460201010000${'00'.repeat(60)}`, 'hex')),
    refused('another program', Buffer.from(`4d5a900003000000${'00'.repeat(60)}`, 'hex')),
    refused('imagemagick script', `push graphic-context\nfill 'url(https://127.0.0.1/";|ls "-la)'\npop graphic-context`),
    refused('one byte', Buffer.from([0x89])),
    refused('zeros', Buffer.alloc(4096)),
  ]
}

/** Few bytes that ask for gigabytes of pixels. */
function bombs(): HostileFile[] {
  const gif = Buffer.concat([
    Buffer.from('GIF89a'),
    uint16le(65_535),
    uint16le(65_535),
    Buffer.from('800000000000ffffff', 'hex'),
    Buffer.from('2c00000000ffffffff000202440100', 'hex'),
    Buffer.from([0x3b]),
  ])
  const webp = Buffer.concat([
    Buffer.from('RIFF'),
    Buffer.from([30, 0, 0, 0]),
    Buffer.from('WEBPVP8X'),
    Buffer.from([10, 0, 0, 0]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from([0xfe, 0x3f, 0]),
    Buffer.from([0xfe, 0x3f, 0]),
    Buffer.from('VP8L'),
    Buffer.from([0, 0, 0, 0]),
  ])
  const jpeg = Buffer.from('ffd8ffc0001108ffdcffdc03012200021101031101ffd9', 'hex')
  return [
    refused('png of 50,000 × 50,000', png(50_000, 50_000)),
    refused('png of 100,000,000 × 1', png(100_000_000, 1)),
    refused('png of 2,147,483,647 × 2,147,483,647', png(2_147_483_647, 2_147_483_647)),
    refused('png of nothing', png(0, 0)),
    refused('gif of 65,535 × 65,535', gif),
    refused('webp of 16,383 × 16,383', webp),
    refused('jpeg of 65,500 × 65,500', jpeg),
  ]
}

function cutShort(plain: Record<Format, Buffer>): HostileFile[] {
  return formats.flatMap((format) => [
    refused(`${format} that ends after its signature`, plain[format].subarray(0, 16)),
    refused(`${format} that ends in the middle`, plain[format].subarray(0, Math.floor(plain[format].length * 0.5))),
  ])
}

/** Pictures that are something else as well, for whoever reads them from another end. */
function polyglots(plain: Record<Format, Buffer>): HostileFile[] {
  const tails: [string, Buffer][] = [
    ['html', Buffer.from(`<html><body>${canary}</body></html>`)],
    ['php', Buffer.from(`<?php echo "${canary}"; ?>`)],
    [
      'an archive',
      Buffer.concat([
        Buffer.from(`504b0304${'00'.repeat(26)}`, 'hex'),
        Buffer.from(`../../etc/${canary}`),
        Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'),
      ]),
    ],
    ['svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>${canary}</script></svg>`)],
  ]
  return formats.flatMap((format) =>
    tails.map(([what, tail]) => drawn(`${format} that is ${what} too`, Buffer.concat([plain[format], tail]))),
  )
}

function withComments({ png: plainPng, jpeg: plainJpeg, gif: plainGif }: Record<Format, Buffer>): HostileFile[] {
  const jpegComment = Buffer.concat([Buffer.from('fffe', 'hex'), uint16be(canary.length + 2), Buffer.from(canary)])
  const gifComment = Buffer.concat([Buffer.from([0x21, 0xfe, canary.length]), Buffer.from(canary), Buffer.from([0])])
  const text = (kind: string, data: Buffer) => Buffer.concat([plainPng.subarray(0, 33), chunk(kind, data), plainPng.subarray(33)])
  return [
    drawn('png with a tEXt chunk', text('tEXt', Buffer.from(`Comment\0${canary}`))),
    drawn('png with an iTXt chunk', text('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0<x>${canary}</x>`))),
    drawn('png with a zTXt chunk', text('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.from(canary))]))),
    drawn('png with a chunk nobody knows', text('hiDe', Buffer.from(canary))),
    drawn('jpeg with a comment', Buffer.concat([plainJpeg.subarray(0, 2), jpegComment, plainJpeg.subarray(2)])),
    drawn('gif with a comment', Buffer.concat([plainGif.subarray(0, -1), gifComment, Buffer.from([0x3b])])),
  ]
}

async function withMetadata(): Promise<HostileFile[]> {
  const exif = {
    IFD0: { Copyright: canary, ImageDescription: canary },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 22/1 0/1' },
  }
  const files = await Promise.all(
    (['png', 'jpeg', 'webp'] as const).map(async (format) => [
      drawn(`${format} that tells where it was taken`, await encode(canvas().withExif(exif), format)),
      drawn(
        `${format} with XMP`,
        await encode(canvas().withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${canary}</x:xmpmeta>`), format),
      ),
    ]),
  )
  const turned = await Promise.all(
    [3, 6, 8].map(async (orientation) =>
      drawn(`jpeg turned by ${orientation}`, await encode(canvas().withMetadata({ orientation }), 'jpeg')),
    ),
  )
  return [...files.flat(), ...turned]
}

async function ofOddShapes(): Promise<HostileFile[]> {
  const frames = sharp(Buffer.alloc(40 * 160 * 3, 90), { raw: { width: 40, height: 160, channels: 3, pageHeight: 40 } })
  return [
    drawn('gif that moves', await encode(frames.clone(), 'gif')),
    drawn('webp that moves', await encode(frames.clone(), 'webp')),
    drawn('one pixel', await encode(canvas(1, 1), 'png')),
    drawn('a line across', await encode(canvas(9000, 1), 'png')),
    drawn('a line down', await encode(canvas(1, 9000), 'png')),
    drawn('as many pixels as may be', await encode(canvas(6000, 4000), 'png')),
    refused('a row of pixels more', await encode(canvas(6000, 4001), 'png')),
    drawn('ink colours', await canvas().toColourspace('cmyk').jpeg().toBuffer()),
    drawn('shades of grey', await canvas().greyscale().png().toBuffer()),
    drawn('sixteen bits', await canvas().toColourspace('rgb16').png().toBuffer()),
    drawn('see-through', await canvas().ensureAlpha(0.3).png().toBuffer()),
  ]
}

const uint16le = (value: number) => Buffer.from([value & 255, value >> 8])
const uint16be = (value: number) => Buffer.from([value >> 8, value & 255])

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

/** A PNG that says it is so large, and holds next to nothing. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(1024))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
