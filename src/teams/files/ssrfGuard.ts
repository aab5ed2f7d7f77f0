/** SSRF guard: resolves a host name and accepts only publicly routable addresses. */
import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { DeskError } from '../../domain/deskError.ts';

/** Azure's host address: public by its number, but it answers each virtual machine with what concerns that machine. */
const AZURE_HOST = '168.63.129.16';
/** Global unicast: IPv6 addresses outside of it are not assigned, whatever their names. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address is publicly routable. Not public are the ranges of IPv4 that RFC 6890 sets aside (this network,
 * private, shared, loopback, link-local, documentation, 6to4 relay, benchmarking, multicast, reserved), those of AS112
 * (192.31.196.0/24, 192.175.48.0/24) and AMT (192.52.193.0/24), and Azure's host address; of IPv6 all but 2000::/3, and
 * in it Teredo, 6to4, documentation, AS112 (2620:4f:8000::/48) and other ranges of protocols. An IPv4 address inside an
 * IPv6 one is not public, whichever it is.
 */
export function isPublicAddress(address: string): boolean {
  // The package also reads forms that are no addresses here, such as 127.1 and 0x7f000001.
  if (isIP(address) === 0 || address === AZURE_HOST) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST));
}

/** A host name leads nowhere, or to an address that the desk does not connect to. */
export class AddressError extends DeskError<'address.missing' | 'address.notPublic'> {}

/** How names are resolved: as `dns.lookup` does it when it is asked for all addresses. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A look-up for connections: fails with an {@link AddressError} where a name leads to any address that is not public.
 * The connection is made to the very addresses that were checked, so a name that changes in between gains nothing.
 */
export function publicLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (host, options, found) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return found(error ?? new AddressError('address.missing', 'The name has no address'), '');
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return found(new AddressError('address.notPublic', 'The name leads to an address that is not public'), '');
      return options.all ? found(null, addresses) : found(null, first.address, first.family);
    });
  };
}
