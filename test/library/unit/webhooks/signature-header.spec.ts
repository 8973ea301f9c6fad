import { deepEqual, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseSignatureHeader } from '../../../../libs/mintlify-personalization/src/webhooks/signature-header.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const HEX = 'ab'.repeat(32);
const SIGNATURE = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

/** Reads the grammar another way: by one regular expression over the whole header. */
const isHeader = (header: string): boolean =>
  /^(?=[^]*)\s*(?:t=\d{1,12}(?:\s*,\s*v1=[0-9a-f]{64}){1,8})\s*$/i.test(header);

describe('parseSignatureHeader', () => {
  it('reads what a sender writes, with one signature or several, in any order', () => {
    fc.assert(
      fc.property(
        fc.nat(999_999_999_999),
        fc.array(SIGNATURE, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ', ', ' ,\t'),
        fc.boolean(),
        (timestamp, signatures, comma, isReversed) => {
          const parts = [`t=${timestamp}`, ...signatures.map((each) => `v1=${each.toString('hex')}`)];
          const header = (isReversed ? parts.toReversed() : parts).join(comma);
          deepEqual(parseSignatureHeader(header), {
            timestamp: String(timestamp),
            signatures: isReversed ? signatures.toReversed() : signatures,
          });
        },
      ),
      propertyRuns(200),
    );
    expect.assertions(0);
  });

  it('takes nothing else, and never throws', () => {
    const part = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('t=1', 't=', 't=1e3', 't=-1', `v1=${HEX}`, `v1=${HEX}0`, 'v1=', ` v1=${HEX}`, '', '\n'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const header = parts.join(',');
        const parsed = parseSignatureHeader(header);
        if (parsed !== undefined) {
          const known = header
            .split(',')
            .map((each) => each.trim())
            .filter((each) => /^(?:t|v1)=/.test(each));
          equal(isHeader(known.toSorted().join(',')), true);
        }
        if (isHeader(header)) equal(parsed === undefined, false);
      }),
      propertyRuns(500),
    );
    expect.assertions(0);
  });

  it.each([
    ['no timestamp', `v1=${HEX}`],
    ['two timestamps', `t=1,t=1,v1=${HEX}`],
    ['no signature', 't=1'],
    ['a signature of another scheme alone', `t=1,v0=${HEX}`],
    ['a signature that is too short', `t=1,v1=${HEX.slice(2)}`],
    ['a timestamp that is no number', `t=0x1,v1=${HEX}`],
    ['a timestamp that is too long', `t=${'1'.repeat(13)},v1=${HEX}`],
    ['an empty part', `t=1,,v1=${HEX}`],
    ['a text without a name', `t=1,v1=${HEX},x`],
    ['nine signatures', ['t=1', ...Array.from({ length: 9 }, () => `v1=${HEX}`)].join(',')],
    ['more than 1,024 characters', `t=1,v1=${HEX},x=${'y'.repeat(1_024)}`],
  ])('refuses %s', (_, header) => {
    expect(parseSignatureHeader(header)).toBeUndefined();
  });

  it('ignores other schemes beside a signature', () => {
    expect(parseSignatureHeader(`t=1,v1=${HEX},v2=x/y+z==`)?.signatures).toHaveLength(1);
  });
});
