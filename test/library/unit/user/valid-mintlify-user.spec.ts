import { describe, expect, it } from '@jest/globals';
import { userValidator } from '../../../support/users.support.js';

describe('ValidMintlifyUser', () => {
  it('passes its validator again, as it is', () => {
    const validator = userValidator();
    const user = validator.validate({ groups: ['a'], content: { a: 1 } });
    expect(validator.validate(user)).toEqual(user);
  });

  it('has no property for what is absent, and every other', () => {
    const { expiresAt } = userValidator().validate({});
    const whole = { expiresAt, groups: ['a'], content: { a: 1 }, apiPlaygroundInputs: { query: { b: 2 } } };
    expect(Object.assign({}, userValidator().validate({}))).toStrictEqual({ expiresAt });
    expect(Object.assign({}, userValidator().validate(whole))).toStrictEqual(whole);
  });
});
