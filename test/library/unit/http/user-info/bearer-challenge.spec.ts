import { match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, property, string } from 'fast-check';
import { createBearerChallenge } from '../../../../../libs/mintlify-personalization/src/http/user-info/bearer-challenge.js';
import { propertyRuns } from '../../../../support/property-runs.support.js';

describe('the challenge of RFC 6750', () => {
  it('names the scopes, and an error only where there was a token', () => {
    expect(createBearerChallenge('unauthenticated', 'x', [])).toBe('Bearer');
    expect(createBearerChallenge('unauthenticated', 'x', ['a', 'b'])).toBe('Bearer scope="a b"');
    expect(createBearerChallenge('invalid_token', 'It is over.', [])).toBe(
      'Bearer error="invalid_token", error_description="It is over."',
    );
    expect(createBearerChallenge('insufficient_scope', 'More.', ['a'])).toBe(
      'Bearer scope="a", error="insufficient_scope", error_description="More."',
    );
  });

  it('is one line of printable ASCII that parses, whatever the description', () => {
    assert(
      property(
        constantFrom('invalid_token', 'invalid_request', 'insufficient_scope'),
        string({ unit: 'binary' }),
        (code, description) => {
          const challenge = createBearerChallenge(code, description, ['a']);
          match(
            challenge,
            /^Bearer scope="a", error="[a-z_]+", error_description="[\x20\x21\x23-\x5B\x5D-\x7E]*"$/,
          );
        },
      ),
      propertyRuns(100),
    );
  });
});
