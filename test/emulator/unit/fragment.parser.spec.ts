import { deepEqual, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseFragment } from '../../../libs/mintlify-docs-emulator/src/shared/fragment.parser.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const part = fc.stringMatching(/^[\w-]{1,40}$/);
const token = fc.tuple(part, part, part).map((parts) => parts.join('.'));
// A lone surrogate has no UTF-8 form, so no address can hold one; dots might make an anchor look like a token.
const anchor = fc
  .string({ unit: 'binary', minLength: 1 })
  .filter((text) => text.isWellFormed() && !text.includes('.'));

describe('parseFragment', () => {
  it('takes the token and the anchor of the long form, and leaves the anchor in the address', () => {
    expect(parseFragment('#jwt=aa.bb.cc&anchor=step-one')).toEqual({
      token: 'aa.bb.cc',
      anchor: 'step-one',
      cleanFragment: '#step-one',
    });
  });

  it('takes a bare token and leaves nothing in the address', () => {
    expect(parseFragment('#aa.bb.cc')).toEqual({ token: 'aa.bb.cc', anchor: '', cleanFragment: '' });
  });

  it('takes an unsigned token, so that it does not stay in the address', () => {
    expect(parseFragment('#aa.bb.')).toMatchObject({ token: 'aa.bb.', cleanFragment: '' });
  });

  it('takes whatever stands behind jwt=, so that a broken token is reported', () => {
    expect(parseFragment('#jwt=broken')).toMatchObject({ token: 'broken', cleanFragment: '' });
    expect(parseFragment('#jwt=')).toMatchObject({ token: '', cleanFragment: '' });
    expect(parseFragment('#anchor=a&jwt=x')).toMatchObject({ token: 'x', anchor: 'a' });
  });

  it.each(['', '#', '#step-one', '#a.b', '#a.b.c.d', '#%E0%A4%A', '#tab=curl', '#v1.2'])(
    'leaves %j alone',
    (fragment) => {
      const parsed = parseFragment(fragment);
      expect(parsed.token).toBeUndefined();
      expect(parsed.cleanFragment).toBe(fragment === '#' ? '' : fragment);
    },
  );

  it('decodes an ordinary anchor', () => {
    expect(parseFragment('#%C3%A9tape').anchor).toBe('étape');
  });

  it('gives back every token and anchor, whichever way the anchor is encoded', () => {
    fc.assert(
      fc.property(token, anchor, (jwt, name) => {
        for (const text of [
          `#jwt=${jwt}&anchor=${encodeURIComponent(name)}`,
          `#${new URLSearchParams({ jwt, anchor: name }).toString()}`,
        ]) {
          const parsed = parseFragment(text);
          deepEqual([parsed.token, parsed.anchor], [jwt, name]);
          equal(parseFragment(parsed.cleanFragment).anchor, name);
        }
      }),
      propertyRuns(100),
    );
  });

  it('never leaves a token in the address, and never throws', () => {
    const fragment = fc.oneof(
      fc.string(),
      token,
      token.map((jwt) => `jwt=x&anchor=${jwt}`),
    );
    fc.assert(
      fc.property(fragment, (text) => {
        const { token, cleanFragment } = parseFragment(`#${text}`);
        const left = token === undefined ? undefined : parseFragment(cleanFragment).token;
        equal(left, undefined);
      }),
      propertyRuns(100),
    );
  });
});
