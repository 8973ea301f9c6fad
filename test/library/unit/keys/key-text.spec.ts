import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readKeyText } from '../../../../libs/mintlify-personalization/src/keys/key-text.js';
import {
  BASE64_MANGLINGS,
  BREAK_MANGLINGS,
  WRAP_MANGLINGS,
  type Mangling,
} from '../../../support/key-text.support.js';
import { ecparamGenkey, pkcs8, privateDocsKeys, sec1 } from '../../../support/keys.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const one = (manglings: Record<string, Mangling>) => fc.constantFrom(...Object.values(manglings));

describe('readKeyText', () => {
  it('finds the PEM as it was, whatever environment variables, secret stores and editors made of it', () => {
    const wraps = (maxLength: number) => fc.array(one(WRAP_MANGLINGS), { maxLength });
    fc.assert(
      fc.property(
        fc.constantFrom(pkcs8(), sec1(), ecparamGenkey(), pkcs8(privateDocsKeys)),
        fc.tuple(one(BREAK_MANGLINGS), wraps(3), one(BASE64_MANGLINGS), wraps(2)),
        (pem, [breaks, inside, base64, outside]) => {
          const mangled = [breaks, ...inside, base64, ...outside].reduce((text, mangle) => mangle(text), pem);
          const found = readKeyText(mangled);
          const blocks = found.kind === 'pem' ? found.blocks : [];
          equal(blocks.map((block) => block.pem).join(''), pem);
        },
      ),
      propertyRuns(300),
    );
  });

  it('never throws, and finds nothing but blocks that stand in the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '-----BEGIN ',
        '-----END ',
        'PRIVATE KEY',
        '-----',
        '"',
        '`',
        String.raw`\n`,
        '\n',
        '{',
        '=',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = readKeyText(pieces.join(''));
        const labels = found.kind === 'pem' ? found.blocks.map(({ label }) => label) : [];
        deepEqual(
          labels.filter((label) => !/^[A-Z0-9 ]+$/.test(label)),
          [],
        );
      }),
      propertyRuns(300),
    );
  });
});
