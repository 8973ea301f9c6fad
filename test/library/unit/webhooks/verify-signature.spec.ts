import { createSecretKey } from 'node:crypto';
import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  readSignature,
  verifySignature,
} from '../../../../libs/mintlify-personalization/src/webhooks/verify-signature.js';
import { signBody } from '../../../support/webhooks.support.js';

const HEADER = 'scalar-signature';

/** Each made by `printf '%s.%s' TIMESTAMP BODY | openssl dgst -sha256 -hmac SECRET`. */
const VECTORS = [
  [
    '1770000000',
    'whsec_0123456789abcdef0123456789abcdef',
    '{"email":"ada@acme.example","host":"docs.acme.example"}',
    'fee561312e0b87bb5e2c3fd455d7659215a0b6b057e841d77942f06c757b1514',
  ],
  [
    '1',
    'whsec_ü-and-more-than-enough',
    '',
    '162e715551ed12599cee354dc32001902aabcbcbe33c5a8e5a4b4c6ca0af9bb5',
  ],
  [
    '999999999999',
    'whsec_0123456789abcdef',
    '{ "a" : "u00fc ü" }',
    '7b1c32b36db9065d69e1cccd981e289a5448da2f0dcc833052e34643ca3c26c5',
  ],
] as const;

function isValid(header: string, body: Uint8Array, secrets: readonly string[], nowMs: number): boolean {
  try {
    const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
    verifySignature(HEADER, readSignature(HEADER, header, nowMs), body, keys);
    return true;
  } catch {
    return false;
  }
}

describe('verifySignature', () => {
  it.each(VECTORS)('takes what openssl signed at %s', (timestamp, secret, body, signature) => {
    const header = `t=${timestamp},v1=${signature}`;
    const at = Number(timestamp) * 1_000;
    expect(isValid(header, Buffer.from(body), [secret], at)).toBe(true);
    expect(isValid(header, Buffer.from(`${body}.`), [secret], at)).toBe(false);
    expect(isValid(header, Buffer.from(body), [`${secret}.`], at)).toBe(false);
    expect(
      isValid(
        header.toUpperCase().replace('T=', 't=').replace('V1=', 'v1='),
        Buffer.from(body),
        [secret],
        at,
      ),
    ).toBe(true);
  });

  it('takes any body of any bytes, signed with any of the secrets, and no other', () => {
    const secret = fc.string({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uniqueArray(secret, { minLength: 2, maxLength: 4 }),
        fc.nat(9_999_999_999),
        fc.nat(),
        (body, secrets, timestamp, place) => {
          const [signer = '', ...others] = secrets;
          const header = signBody(body, { secrets: [signer], timestamp });
          const at = timestamp * 1_000;
          equal(isValid(header, body, [...others, signer], at), true);
          equal(isValid(header, body, others, at), false);
          const forged = Uint8Array.from([...body, 0]);
          forged[place % forged.length] = (forged[place % forged.length] ?? 0) ^ 1;
          equal(isValid(header, forged, [signer], at), false);
          equal(isValid(header.replace(/^t=\d+/, `t=${timestamp + 1}`), body, [signer], at), false);
        },
      ),
      { numRuns: 200 },
    );
    expect.assertions(0);
  });

  it('gives the same for a copy that keeps only one of two signatures', () => {
    const body = Buffer.from('{}');
    const keys = ['old', 'new'].map((secret) => createSecretKey(Buffer.from(secret)));
    const read = (secrets: string[]): string =>
      verifySignature(
        HEADER,
        readSignature(HEADER, signBody(body, { secrets, timestamp: 1_000 }), 1_000_000),
        body,
        keys,
      );
    expect(read(['old'])).toBe(read(['old', 'new']));
    expect(read(['new'])).toBe(read(['old', 'new']));
    expect(read(['new', 'old'])).toBe(read(['old', 'new']));
  });

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
  ])('of %i seconds ago is taken: %p', (ageSeconds, isTaken) => {
    const body = Buffer.from('{}');
    const header = signBody(body, { secrets: ['secret'], timestamp: 1_000_000 });
    expect(isValid(header, body, ['secret'], (1_000_000 + ageSeconds) * 1_000 + 999)).toBe(isTaken);
  });
});
