import { BlockList, isIPv4 } from 'node:net';
import { expect } from 'chai';
import ipaddr from 'ipaddr.js';
import { isPublicAddress } from '../../../src/teams/files/ssrfGuard.ts';
import { chanceOf } from '../../support/random.ts';

/** Every range that is not public, with the reason. A range of IPv6 that is public must be in 2000::/3. */
const NOT_PUBLIC: readonly (readonly [range: string, why: string])[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', "Azure's host"],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocols'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', '6to4 relay'],
  ['192.168.0.0/16', 'private'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/3', 'IPv4-mapped, IPv4-compatible, NAT64, discard'],
  ['2001::/23', 'Teredo and other protocols'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation'],
  ['4000::/2', 'not assigned'],
  ['8000::/1', 'unique local, link-local, multicast, not assigned'],
];
/** Neighbours of a range that are public, so that a range neither grows nor shrinks. */
const PUBLIC_BESIDE: readonly (readonly [before: string, after: string])[] = [
  ['9.255.255.255', '11.0.0.0'],
  ['100.63.255.255', '100.128.0.0'],
  ['126.255.255.255', '128.0.0.0'],
  ['168.63.129.15', '168.63.129.17'],
  ['169.253.255.255', '169.255.0.0'],
  ['172.15.255.255', '172.32.0.0'],
  ['191.255.255.255', '192.0.1.0'],
  ['192.0.1.255', '192.0.3.0'],
  ['192.31.195.255', '192.31.197.0'],
  ['192.52.192.255', '192.52.194.0'],
  ['192.88.98.255', '192.88.100.0'],
  ['192.167.255.255', '192.169.0.0'],
  ['192.175.47.255', '192.175.49.0'],
  ['198.17.255.255', '198.20.0.0'],
  ['198.51.99.255', '198.51.101.0'],
  ['203.0.112.255', '203.0.114.0'],
  ['223.255.255.255', '1.0.0.0'],
  ['2000::', '2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:200::', '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db9::', '2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2003::', '3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2620:4f:7fff:ffff:ffff:ffff:ffff:ffff', '2620:4f:8001::'],
  ['3fff:1000::', '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];

// A list for each, since a list takes an IPv4 address for part of the range of IPv6 that it is mapped into.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [range] of NOT_PUBLIC) {
  const [network = '', bits = ''] = range.split('/');
  blocked[kindOf(network)].addSubnet(network, Number(bits), kindOf(network));
}

function kindOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

function firstAndLast(range: string): string[] {
  const [network, bits] = ipaddr.parseCIDR(range);
  const bytes = network.toByteArray();
  const last = bytes.map((byte, at) => byte | (0xff >> Math.max(0, Math.min(8, bits - 8 * at))));
  return [network, ipaddr.fromByteArray(last)].map((address) => address.toNormalizedString());
}

describe('The borders of public addresses', () => {
  for (const [range, why] of NOT_PUBLIC) {
    it(`leave ${range} out: ${why}`, () => {
      expect(firstAndLast(range).filter(isPublicAddress)).to.deep.equal([]);
    });
  }

  for (const beside of PUBLIC_BESIDE) {
    it(`hold ${beside.join(' and ')}`, () => {
      expect(beside.filter((address) => !isPublicAddress(address))).to.deep.equal([]);
    });
  }

  it('let no address of these ranges in, drawn by chance near their borders', () => {
    const chance = chanceOf(9);
    const wrong: string[] = [];
    for (let drawn = 0; drawn < 20_000; drawn += 1) {
      const near = NOT_PUBLIC[chance.below(NOT_PUBLIC.length)]?.[0].split('/')[0] ?? '';
      const bytes = ipaddr.parse(near).toByteArray();
      const from = chance.below(bytes.length);
      const address = ipaddr
        .fromByteArray(bytes.map((byte, at) => (at < from ? byte : chance.below(256))))
        .toNormalizedString();
      const isBlocked = blocked[kindOf(address)].check(address, kindOf(address));
      if (isBlocked && isPublicAddress(address)) wrong.push(address);
    }
    expect(wrong).to.deep.equal([]);
  });

  for (const address of [
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '8.8',
    '8.8.8.8/32',
    '08.8.8.8',
    '[2603::1]',
  ]) {
    it(`take ${address} for no address`, () => {
      expect(isPublicAddress(address)).to.equal(false);
    });
  }

  for (const address of [
    '2002:808:808::1',
    '2001:0:808:808::1',
    '64:ff9b::808:808',
    '::ffff:8.8.8.8',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
  ]) {
    it(`leave ${address} out, though it holds a public IPv4 address`, () => {
      expect(isPublicAddress(address)).to.equal(false);
    });
  }

  it('leave out what anycast services of the network itself have', () => {
    expect(['192.31.196.1', '192.52.193.1', '192.175.48.1', '2620:4f:8000::1'].filter(isPublicAddress)).to.deep.equal(
      [],
    );
  });
});
