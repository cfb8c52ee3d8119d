import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isProxyRange } from '../config/proxy-range.ts'
import { addressBucket, readAddress, UNREADABLE_ADDRESS } from './client-address.ts'

const inOneLine = [
  '2001:db8:0:7::1',
  '2001:0db8:0000:0007:0000:0000:0000:0001',
  '2001:DB8:0:7::1',
  '2001:db8:0:7:0:0:0:1',
  '2001:db8:0:7::0.0.0.1',
  '2001:db8:0:7:0:0:0.0.0.1',
  '2001:0db8::7:0:0:0:1',
  '2001:db8::7:0:0:0:1',
  '2001:db8:0:7::1%eth0',
  '2001:db8:0:7::1%25eth0',
  '[2001:db8:0:7::1]',
  '[2001:db8:0:7::1]:443',
  '[2001:DB8:0:7::1]:65535',
  ' 2001:db8:0:7::1 ',
  '2001:db8:0:7:ffff:ffff:ffff:ffff',
  '2001:db8:0:7:0:0:0:2',
  '2001:db8:0:7::dead:beef',
  '2001:db8:0:7:8000::',
  '2001:db8:0000:7::',
  '2001:db8:00:07::00',
]

test('twenty spellings of the addresses of one line are one bucket', () => {
  expect(inOneLine).toHaveLength(20)
  expect(new Set(inOneLine.map(addressBucket))).toEqual(new Set(['2001:db8:0:7']))
})

test('ten thousand addresses of one /64 share a bucket, and its neighbours do not', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
  fc.assert(
    fc.property(fc.tuple(group, group, group, group), (host) => addressBucket(`2001:db8:0:7:${host.join(':')}`) === '2001:db8:0:7'),
    { numRuns: 10_000 },
  )
  expect(addressBucket('2001:db8:0:8::1')).not.toBe('2001:db8:0:7')
})

test('an IPv4 address is its own bucket, also inside an IPv6 one or with a port', () => {
  for (const spelling of [
    '192.0.2.7',
    '192.0.2.7:443',
    '::ffff:192.0.2.7',
    '::FFFF:192.0.2.7',
    '::ffff:c000:207',
    '0:0:0:0:0:ffff:c000:0207',
    '[::ffff:192.0.2.7]:8080',
  ])
    expect(addressBucket(spelling), spelling).toBe('192.0.2.7')
  expect(addressBucket('192.0.2.8')).not.toBe(addressBucket('192.0.2.7'))
})

test('whatever is no address is one bucket, and never a failure', () => {
  const garbage = [
    '',
    ' ',
    'unknown',
    '_hidden',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '0x7f.1',
    '2130706433',
    '017.0.0.1',
    'a:b',
    '::g',
    ':::',
  ]
  for (const text of [...garbage, '[::1', '::1]', '1.2.3.4:', '1.2.3.4:123456', "' or 1=1 --", '\u0000', '１.２.３.４'])
    expect([text, addressBucket(text)]).toEqual([text, UNREADABLE_ADDRESS])
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof addressBucket(text) === 'string'))
})

test('reading an address a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = readAddress(text)
      expect(address).not.toBe(null)
      expect(readAddress(address!)).toBe(address)
      expect(addressBucket(address!)).toBe(addressBucket(text))
    }),
  )
})

test('a proxy is trusted by its address or a range, never everybody', () => {
  for (const range of ['127.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32']) expect(isProxyRange(range), range).toBe(true)
  for (const range of ['0.0.0.0/0', '::/0', 'true', '*', 'proxy.internal', '10.0.0.0/33', '1', '10.0.0', '127.0.0.1 10.0.0.1'])
    expect(isProxyRange(range), range).toBe(false)
})
