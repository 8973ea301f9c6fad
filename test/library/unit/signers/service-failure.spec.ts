import { describe, expect, it } from '@jest/globals';
import { describeError } from '../../../../libs/mintlify-personalization/src/signers/service/service-failure.js';

describe('What is shown of an unknown error', () => {
  it.each<[string, unknown, string]>([
    ['its name', new RangeError('topsecret'), 'RangeError'],
    ['its code, too', Object.assign(new Error('topsecret'), { code: 'ECONNRESET' }), 'Error ECONNRESET'],
    ['no name that is more than one', Object.assign(new Error('a'), { name: 'Bearer hvs.topsecret' }), ''],
    ['no code that is more than one', { code: 'password=topsecret' }, ''],
    ['no name that is as long as a token', { name: 'x'.repeat(65) }, ''],
    ['nothing of a text', 'topsecret', ''],
    ['nothing of nothing', undefined, ''],
    ['nothing of null', null, ''],
  ])('is %s', (_, error, shown) => {
    expect(describeError(error)).toBe(shown || 'an unknown error');
  });
});
