import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  findReasonMistake,
  findSubjectMistake,
} from '../../../../libs/mintlify-personalization/src/view-as/view-as-mistakes.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

describe('the reason of a view as another person', () => {
  it.each(['Ticket 7', '7', 'Müller ruft an: „Wo ist die Rechnung?“ 🙂', 'a'.repeat(500)])(
    'may be %j',
    (reason) => {
      expect(findReasonMistake(reason)).toBeUndefined();
    },
  );

  it.each([
    [undefined, /must be a string/],
    [7, /must be a string/],
    [['Ticket 7'], /must be a string/],
    ['', /is empty/],
    [' \u00a0.', /is empty/],
    ['a'.repeat(501), /is longer than 500/],
    ['a\r\nb', /control character/],
    ['a\u0000', /control character/],
    ['a\u001b[31m', /control character/],
    ['a\u2028b', /control character/],
    ['a\u202eb', /control character/],
    ['a\ud800', /lone surrogate/],
    [`key AKIA${'A'.repeat(16)}`, /credential/],
  ])('may not be %j, without being quoted', (reason, message) => {
    const mistake = findReasonMistake(reason);
    expect(mistake).toMatch(message);
    expect(mistake).not.toContain('AKIA');
  });

  it('that is accepted is one line of a log', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (reason) => {
        if (findReasonMistake(reason) !== undefined) return;
        assert(reason.length > 0 && reason.length <= 500);
        assert.equal(reason.split(/[\r\n\v\f\u0085\u2028\u2029]/).length, 1);
        assert(!/\p{Cc}/u.test(reason));
      }),
      propertyRuns(500),
    );
  });
});

describe('the subject of a view as another person', () => {
  it.each(['grace', 'account-1', '0', 'grace@acme.example', 'a'.repeat(256)])('may be %j', (subject) => {
    expect(findSubjectMistake(subject)).toBeUndefined();
  });

  it.each([undefined, null, 7, {}, ['grace'], '', 'a'.repeat(257), 'a\nb', '\udc00'])(
    'may not be %j',
    (subject) => {
      expect(findSubjectMistake(subject)).toMatch(/^subject /);
    },
  );
});
