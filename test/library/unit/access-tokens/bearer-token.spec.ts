import { equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { readBearerToken } from '../../../../libs/mintlify-personalization/src/access-tokens/bearer-token.js';
import { MintlifyPersonalizationError } from '../../../../libs/mintlify-personalization/src/errors.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const read = (values: string[], target = '/docs/oauth/user-info'): string =>
  readBearerToken({ target, rawHeaders: values.flatMap((value) => ['authorization', value]) });

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof MintlifyPersonalizationError) return error.code;
    throw error;
  }
  return 'none';
}

const b64token = string({ unit: constantFrom(...'abcXYZ019-._~+/'.split('')), minLength: 1, maxLength: 40 });

describe('the access token of a request', () => {
  it('is what stands after Bearer, whatever its case and however many spaces', () => {
    assert(
      property(
        b64token,
        constantFrom('', '=', '=='),
        constantFrom('Bearer', 'bearer', 'BEARER'),
        (text, end, scheme) => {
          equal(read([`${scheme}  ${text}${end}`]), text + end);
        },
      ),
      propertyRuns(100),
    );
  });

  it('is found under any case of the header, among others', () => {
    const rawHeaders = [
      'Cookie',
      'authorization',
      'AUTHORIZATION',
      'Bearer one',
      'X-Authorization',
      'Bearer two',
    ];
    expect(readBearerToken({ rawHeaders, target: '/' })).toBe('one');
  });

  it('is never taken from two headers, whatever they hold', () => {
    assert(
      property(array(string(), { minLength: 2, maxLength: 4 }), (values) => {
        equal(
          codeOf(() => read(values)),
          'invalid_request',
        );
      }),
      propertyRuns(100),
    );
  });

  it('is never taken from the query', () => {
    for (const target of ['/?access_token=one', '/?a=b&access_token=', '/?access%5Ftoken=one']) {
      expect(codeOf(() => read([], target))).toBe('invalid_request');
      expect(codeOf(() => read(['Bearer two'], target))).toBe('invalid_request');
    }
    expect(read(['Bearer two'], '/?token=one')).toBe('two');
  });

  it.each(['', 'Basic YTpi', 'Bearerone', 'DPoP one', 'one'])('is not there in %j', (value) => {
    expect(codeOf(() => read([value]))).toBe('unauthenticated');
  });

  it('is not there without a header', () => {
    expect(codeOf(() => read([]))).toBe('unauthenticated');
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer one two',
    'Bearer one, two',
    'Bearer "one"',
    'Bearer =',
    'Bearer ä',
    'Bearer a=b',
  ])('is none in %j', (value) => {
    expect(codeOf(() => read([value]))).toBe('invalid_request');
  });

  it('or an error: nothing else comes of any header', () => {
    assert(
      property(string({ maxLength: 60 }), (text) => {
        const outcome = codeOf(() => match(read([`Bearer ${text}`]), /^[\w.~+/-]+=*$/));
        equal(['none', 'invalid_request', 'unauthenticated'].includes(outcome), true);
      }),
      propertyRuns(100),
    );
  });
});
