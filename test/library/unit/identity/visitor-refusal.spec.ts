import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { ForbiddenException, HttpException, UnauthorizedException } from '@nestjs/common';
import * as fc from 'fast-check';
import { isVisitorRefusal } from '../../../../libs/mintlify-personalization/src/ports/visitor-refusal.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { HOSTILE_KINDS, valueOf } from '../../../support/wrong-values.support.js';

describe('isVisitorRefusal', () => {
  it.each([
    new UnauthorizedException(),
    new ForbiddenException('Blocked.'),
    new HttpException('Gone.', 401),
    { getStatus: (): number => 403, getResponse: (): string => '' },
  ])('is true for %p', (error) => {
    expect(isVisitorRefusal(error)).toBe(true);
  });

  it('is true for an HttpException of 401 and 403 alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), (status) => {
        equal(isVisitorRefusal(new HttpException('', status)), status === 401 || status === 403);
      }),
      propertyRuns(300),
    );
  });

  it('is false for anything else, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        equal(isVisitorRefusal(value), false);
        equal(isVisitorRefusal({ getStatus: () => value, getResponse: () => '' }), false);
        equal(isVisitorRefusal({ getStatus: 403, getResponse: value }), false);
      }),
      propertyRuns(300),
    );
  });

  it.each(HOSTILE_KINDS)('is false for what throws when it is looked at: %s', (kind) => {
    fc.assert(
      fc.property(valueOf(kind), (value) => {
        equal(isVisitorRefusal(value()), false);
      }),
      { numRuns: 5 },
    );
  });
});
