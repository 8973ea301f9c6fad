import { BlockList, isIP } from 'node:net';

/** Of this machine, and of networks that the internet does not reach (RFC 6890, RFC 4193). */
const PRIVATE = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
]);

/** For no one: link-local addresses hold the metadata of cloud machines; the others are no single host. */
const NEVER = blockList([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  // Translation of IPv4 addresses.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
]);

/**
 * Whether the relay may connect to an address. Private ones only where the spec itself names them; link-local,
 * multicast and unspecified ones never.
 *
 * @param address an IPv4 or IPv6 address, without brackets.
 * @param hostName the host of the server, in lower case, without brackets.
 * @param isNamed whether the spec names the host, and no typed value is part of it.
 * @example
 * isReachable('127.0.0.1', { hostName: 'localhost', isNamed: true }); // true
 * isReachable('127.0.0.1', { hostName: 'api.foo.com', isNamed: true }); // false: the spec does not name the address
 */
export function isReachable(
  address: string,
  { hostName, isNamed }: { hostName: string; isNamed: boolean },
): boolean {
  const plain = withoutMapping(address);
  if (isIn(NEVER, plain)) return false;
  if (!isIn(PRIVATE, plain)) return isIP(plain) !== 0;
  if (!isNamed) return false;
  if (isLocalhost(hostName)) return isLoopback(plain);
  return isIP(hostName) !== 0 && withoutMapping(hostName) === plain;
}

/** Whether a host name is always this machine: RFC 6761, section 6.3. */
export function isLocalhost(hostName: string): boolean {
  return hostName === 'localhost' || hostName.endsWith('.localhost');
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
function withoutMapping(address: string): string {
  const mapped = /^::ffff:(?:0:)?([\da-f.:]+)$/i.exec(address)?.[1];
  if (mapped === undefined) return address;
  if (isIP(mapped) === 4) return mapped;
  const [high, low, ...rest] = mapped.split(':').map((part) => Number.parseInt(part, 16));
  if (high === undefined || low === undefined || rest.length > 0) return address;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  // What is no address is nowhere to connect to.
  return version === 0 || list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function blockList(networks: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) {
    list.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
