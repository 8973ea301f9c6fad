import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isReachable } from '../../../../libs/mintlify-docs-emulator/src/relay/address-rules.js';
import { checkedLookup } from '../../../../libs/mintlify-docs-emulator/src/relay/checked-lookup.js';

const foo = { hostName: 'api.foo.com', isNamed: true };
const localhost = { hostName: 'localhost', isNamed: true };
const exactly = (hostName: string, isNamed = true) => ({ hostName, isNamed });

describe('an address that the relay connects to', () => {
  it.each(['203.0.113.9', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'may be %s for every host',
    (address) => {
      expect(isReachable(address, foo)).toBe(true);
      expect(isReachable(address, exactly('acme.foo.com', false))).toBe(true);
    },
  );

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
    'may be %s for localhost of the spec alone',
    (address) => {
      expect(isReachable(address, localhost)).toBe(true);
      expect(isReachable(address, exactly('demo.localhost'))).toBe(true);
      expect(isReachable(address, exactly('localhost', false))).toBe(false);
      expect(isReachable(address, foo)).toBe(false);
      expect(isReachable(address, exactly('localhost.foo.com'))).toBe(false);
    },
  );

  it.each([
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::1',
    '127.0.0.1',
    '::1',
  ])('may be %s only if the spec names this address', (address) => {
    expect(isReachable(address, exactly(address))).toBe(true);
    expect(isReachable(address, exactly(address, false))).toBe(false);
    expect(isReachable(address, exactly('10.1.2.4'))).toBe(false);
    expect(isReachable(address, foo)).toBe(false);
  });

  it.each([
    '169.254.169.254', '0.0.0.0', '::', '224.0.0.1', '255.255.255.255', 'fe80::1', 'ff02::1', '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:7f00:1::', 'no address', '',
  ])('is never %j', (address) => {
    for (const target of [foo, localhost, exactly(address)]) expect(isReachable(address, target)).toBe(false);
  }); // prettier-ignore

  it('is never a private one for a host that the spec does not name', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.constantFrom('10', '127', '192.168', '172.20'),
        octet,
        octet,
        octet,
        (start, ...rest) => {
          const address = [...start.split('.'), ...rest.map(String)].slice(0, 4).join('.');
          expect(isReachable(address, exactly('foo.localhost', false))).toBe(false);
          expect(isReachable(`::ffff:${address}`, foo)).toBe(false);
        },
      ),
    );
  });
});

describe('the lookup of a host', () => {
  const lookUp = (target: typeof foo, addresses: string[], all = true) => {
    let count = 0;
    const lookup = checkedLookup(target, async () => {
      count += 1;
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    });
    return new Promise<unknown>((resolve) => {
      lookup('ignored.example', { all }, (error, address, family) =>
        resolve(error ? error.message : { address, family, count }),
      );
    });
  };

  it('is made once, and gives the checked addresses alone', async () => {
    expect(await lookUp(foo, ['8.8.8.8', '2606:4700::1111'])).toEqual({
      address: [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ],
      family: undefined,
      count: 1,
    });
    expect(await lookUp(foo, ['8.8.8.8'], false)).toEqual({ address: '8.8.8.8', family: 4, count: 1 });
  });

  it('fails if one address of several is private, and without an address', async () => {
    expect(await lookUp(foo, ['8.8.8.8', '10.0.0.1'])).toMatch(
      /^The host api\.foo\.com is at 10\.0\.0\.1, which/,
    );
    expect(await lookUp(foo, [])).toMatch(/no address/);
  });
});
