import { describe, expect, it } from '@jest/globals';
import { ValidMintlifyUser } from '../../../libs/mintlify-personalization/src/user/valid-mintlify-user.js';
import { userValidator } from '../../support/users.support.js';

const owner = {};

/** What nobody validated, and what only looks as if somebody had. */
const STRANGERS: [string, (valid: ValidMintlifyUser) => unknown][] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a text', () => 'Ada'],
  ['a number', () => 5],
  ['a function', () => () => undefined],
  ['a plain object', () => ({})],
  ['a copy', (valid) => Object.assign({}, valid)],
  ['an object of the class alone', () => Object.create(ValidMintlifyUser.prototype)],
  ['an object on top of a valid one', (valid) => Object.create(valid)],
];

describe('ValidMintlifyUser', () => {
  it('is known to the validator that it came from, and to no other', () => {
    const validator = userValidator();
    const user = validator.validate({});
    expect(ValidMintlifyUser.isFrom(validator, user)).toBe(true);
    expect(ValidMintlifyUser.isFrom(userValidator(), user)).toBe(false);
    expect(validator.validate(user)).toBe(user);
  });

  it('knows whose it is, where it is of somebody', () => {
    const validator = userValidator();
    expect(ValidMintlifyUser.ownerOf(validator.validateFor(owner, {}))).toBe(owner);
    expect(ValidMintlifyUser.ownerOf(validator.validate({}))).toBeUndefined();
  });

  it.each(STRANGERS)('is not %s', (_, make) => {
    const validator = userValidator();
    const stranger = make(validator.validateFor(owner, {}));
    expect(ValidMintlifyUser.isFrom(validator, stranger)).toBe(false);
    expect(ValidMintlifyUser.ownerOf(stranger)).toBeUndefined();
  });

  it('has no property for what is absent, and every other', () => {
    const { expiresAt } = userValidator().validate({});
    const whole = { expiresAt, groups: ['a'], content: { a: 1 }, apiPlaygroundInputs: { query: { b: 2 } } };
    expect(Object.assign({}, userValidator().validate({}))).toStrictEqual({ expiresAt });
    expect(Object.assign({}, userValidator().validate(whole))).toStrictEqual(whole);
  });
});
