/** Which hosts are this machine: what is sent there is seen by no other machine, so it may go without https. */
import { BlockList, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Whether a host name or IP address is this machine; an IPv6 address may be in brackets, as in a URL, and may hold an
 * IPv4 one.
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || LOOPBACK.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

/** Whether a URL leads to this machine by http or https. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') && isLoopbackHost(parsed.hostname);
}
