import { lookup as lookUp } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { isLocalhost, isReachable } from './address-rules.js';
import { RelayError } from './relay-error.js';

/** Finds all addresses of a host name. */
export type AddressResolver = (hostName: string) => Promise<LookupAddress[]>;

/** The addresses of a host name by the operating system. */
export const systemResolver: AddressResolver = (hostName) =>
  new Promise((resolve, reject) => {
    lookUp(hostName, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * Looks a host up once, checks each address, and connects to one of those: a second answer of a name server
 * is never asked for.
 *
 * @param target the host that the request goes to.
 * @example
 * request(url, { lookup: checkedLookup(target, systemResolver) });
 */
export function checkedLookup(
  target: { hostName: string; isNamed: boolean },
  resolve: AddressResolver,
): LookupFunction {
  const find = callbackify(() => findAddresses(target, resolve));
  return (_hostName, { all }, callback) =>
    find((error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      return all ? callback(null, addresses) : callback(null, first?.address ?? '', first?.family);
    });
}

async function findAddresses(
  target: { hostName: string; isNamed: boolean },
  resolve: AddressResolver,
): Promise<LookupAddress[]> {
  const { hostName } = target;
  // Name servers may give `x.localhost` any address, or none.
  const addresses = await resolve(isLocalhost(hostName) ? 'localhost' : hostName).catch((error: unknown) => {
    const message = `The host ${hostName} of the server was not found. Check \`servers\` in the spec, and your network.`;
    throw new RelayError('host', message, { cause: error });
  });
  // One wrong address is enough: a name that leads to both is no accident.
  const wrong = addresses.find(({ address }) => !isReachable(address, target));
  if (wrong || addresses.length === 0) throw refusedAddress(hostName, wrong?.address ?? 'no address');
  return addresses;
}

/** The error for an address that the relay must not connect to. */
export function refusedAddress(hostName: string, address: string): RelayError {
  const message =
    `The host ${hostName} is at ${address}, which the relay does not connect to. To reach a private address, name ` +
    'localhost or the address itself in `servers` of the spec.';
  return new RelayError('address', message);
}
