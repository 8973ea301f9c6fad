import { equal } from 'node:assert/strict';
import { createSign, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDerSignature } from '../../../../libs/mintlify-personalization/src/signers/aws-kms/der-signature.js';
import { encodeDer } from '../../../support/ecdsa.support.js';
import { docsKeys, ecPair } from '../../../support/keys.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const ORDER_MINUS_ONE = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550';

const parse = (der: string): string | undefined => {
  const signature = parseDerSignature(Buffer.from(der, 'hex'));
  return signature && Buffer.from(signature).toString('hex');
};

const padded = (hex: string): string => hex.padStart(64, '0');

/** From r‖s back to DER. */
const encodeJoseAgain = (jose: string): Buffer =>
  encode(BigInt(`0x${jose.slice(0, 64)}`), BigInt(`0x${jose.slice(64)}`));

const encode = (r: bigint, s: bigint): Buffer => encodeDer({ r, s });

const numbers = fc.bigInt({ min: 1n, max: BigInt(`0x${ORDER}`) - 1n });
/** Short ones, too: they need zeros in front. */
const scalars = fc.oneof(
  numbers,
  fc.bigInt({ min: 1n, max: 0x1_0000n }),
  numbers.map((n) => n >> 9n || 1n),
);

describe('A DER signature', () => {
  it('of OpenSSL becomes the r‖s that verifies', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        const jose = parseDerSignature(createSign('sha256').update(message).sign(docsKeys.privateKey));
        equal(jose?.length, 64);
        const key = { key: docsKeys.publicKey, dsaEncoding: 'ieee-p1363' } as const;
        equal(verify('sha256', message, key, jose), true);
      }),
      propertyRuns(100),
    );
  });

  it('of any two numbers becomes these numbers, filled up to 32 bytes each', () => {
    fc.assert(
      fc.property(scalars, scalars, (r, s) => {
        equal(parse(encode(r, s).toString('hex')), padded(r.toString(16)) + padded(s.toString(16)));
      }),
      propertyRuns(100),
    );
  });

  it('that was changed is refused, or says what it says in the one form that there is for it', () => {
    const changes = fc.record({
      at: fc.nat(71),
      to: fc.nat(255),
      how: fc.constantFrom('set', 'insert', 'cut'),
    });
    let refusals = 0;
    fc.assert(
      fc.property(scalars, scalars, fc.array(changes, { minLength: 1, maxLength: 3 }), (r, s, all) => {
        let bytes = [...encode(r, s)];
        for (const { at, to, how } of all) {
          if (how === 'set') bytes[at % bytes.length] = to;
          else
            bytes = bytes.toSpliced(
              at % (bytes.length + 1),
              how === 'cut' ? 1 : 0,
              ...(how === 'cut' ? [] : [to]),
            );
        }
        const jose = parse(Buffer.from(bytes).toString('hex'));
        refusals += jose === undefined ? 1 : 0;
        equal(jose === undefined || encodeJoseAgain(jose).equals(Buffer.from(bytes)), true);
      }),
      propertyRuns(2_000),
    );
    expect(refusals).toBeGreaterThan(1_000);
  });

  it('of random bytes is refused, without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        equal(parseDerSignature(bytes), undefined);
      }),
      propertyRuns(100),
    );
  });

  it('is read where it lies in a larger buffer', () => {
    const der = Buffer.from('3006020101020102', 'hex');
    const around = Buffer.concat([Buffer.of(9, 9), der, Buffer.of(9)]);
    expect(parseDerSignature(around.subarray(2, 10))).toEqual(parseDerSignature(der));
    expect(parseDerSignature(around.subarray(2, 10))).toBeDefined();
  });

  it.each([
    ['the least numbers', '3006020101020101', padded('1') + padded('1')],
    ['a zero that keeps a number positive', '300802020080020200ff', padded('80') + padded('ff')],
    [
      'the greatest numbers',
      `3046022100${ORDER_MINUS_ONE}022100${ORDER_MINUS_ONE}`,
      ORDER_MINUS_ONE.repeat(2),
    ],
  ])('with %s is taken', (_, der, jose) => {
    expect(parse(der)).toBe(jose);
  });

  it.each([
    ['nothing', ''],
    ['another tag', '3106020101020101'],
    ['a length that is too short', '3005020101020101'],
    ['a length that is too long', '3007020101020101'],
    ['a length in the long form', '308106020101020101'],
    ['a length without an end (BER)', '30800201010201010000'],
    ['something behind it', '300602010102010100'],
    ['something behind s, inside', '30080201010201010500'],
    ['r alone', '3003020101'],
    ['a third number', '3009020101020101020101'],
    ['a number of no bytes', '30050200020101'],
    ['a number with a longer length than there is', '3006020101020201'],
    ['a number with a length in the long form', '300702810101020101'],
    ['a number that is no INTEGER', '3006030101020101'],
    ['a negative r', '3006020180020101'],
    ['a negative s', '30060201010201ff'],
    ['r = 0', '3006020100020101'],
    ['s = 0', '3006020101020100'],
    ['a needless zero', '300702020001020101'],
    ['two needless zeros', '30080203000080020101'],
    ['r = n', `3026022100${ORDER}020101`],
    ['s = n', `3026020101022100${ORDER}`],
    ['s of all ones', `3026020101022100${'ff'.repeat(32)}`],
    ['r of 33 bytes', `3026022101${'00'.repeat(32)}020101`],
  ])('with %s is refused', (_, der) => {
    expect(parse(der)).toBeUndefined();
  });

  it('of a larger curve is refused', () => {
    expect(parseDerSignature(sign('sha256', Buffer.from('x'), ecPair('P-521').privateKey))).toBeUndefined();
  });
});
