/** Which addresses of the internet are everybody's, so that a name cannot lead the desk into the network that it stands in. */
import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIPv4, isIPv6, type LookupFunction } from 'node:net';

/** Of IPv4: this host, private, shared, loopback, link, Azure's own host, protocols, examples, relays, benchmarks, many-cast and what is kept back. */
const NOT_PUBLIC: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['168.63.129.16', 32],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Of IPv6: only this part is given out, without protocols and tunnels (which carry IPv4 addresses), examples and documentation. */
const GIVEN_OUT = ['2000::', 3] as const;
const NOT_PUBLIC_6: typeof NOT_PUBLIC = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [network, bits] of NOT_PUBLIC) closed.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of NOT_PUBLIC_6) closed.addSubnet(network, bits, 'ipv6');
const givenOut = new BlockList();
givenOut.addSubnet(...GIVEN_OUT, 'ipv6');

/** Whether an IP address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return isIPv6(address) && givenOut.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** How names are resolved: as `dns.lookup` does it when it is asked for all addresses. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A look-up for connections: fails where a name leads to any address that is not public. The connection is made to the very
 * addresses that were looked at, so a name that changes in between wins nothing.
 */
export function publicLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (host, options, found) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return found(error ?? new Error('The name has no address.'), '');
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return found(new Error('The name leads to an address that is not public.'), '');
      return options.all ? found(null, addresses) : found(null, first.address, first.family);
    });
  };
}
