import { describe, expect, it } from '@jest/globals';
import {
  uniteSchemas,
  uniteShapes,
} from '../../../../libs/mintlify-personalization/src/visitors/shape-union.js';

const TEXT = { type: 'string' };
const NUMBER = { type: 'number' };
const objectOf = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest });

describe('what several claim mappers may give', () => {
  it('has the groups of all, in order, or any', () => {
    const shapes = { content: {}, apiPlaygroundInputs: {} };
    const [one, other] = [
      { ...shapes, groups: ['b', 'a'] },
      { ...shapes, groups: ['c', 'a'] },
    ];
    expect(uniteShapes([one, other]).groups).toEqual(['a', 'b', 'c']);
    expect(uniteShapes([one, { ...shapes, groups: 'any' }]).groups).toBe('any');
  });

  it('requires what all require, and has the properties of all', () => {
    const one = objectOf({ plan: TEXT, seats: NUMBER }, { required: ['plan', 'seats'] });
    const other = objectOf({ plan: NUMBER }, { required: ['plan'] });
    expect(uniteSchemas([one, other])).toEqual({
      type: 'object',
      properties: { plan: { anyOf: [TEXT, NUMBER] }, seats: NUMBER },
      required: ['plan'],
      additionalProperties: true,
    });
    expect(uniteSchemas([one, objectOf({})])).not.toHaveProperty('required');
    expect(uniteSchemas([objectOf({ plan: TEXT }), { type: 'object' }])).toMatchObject({
      properties: { plan: TEXT },
    });
  });

  it('allows other properties only if one of them does', () => {
    const closed = { additionalProperties: false };
    const [one, other] = [objectOf({ plan: TEXT }, closed), objectOf({ seats: NUMBER }, closed)];
    expect(uniteSchemas([one, other])).toMatchObject(closed);
    expect(uniteSchemas([one, objectOf({ seats: NUMBER })])).toMatchObject({ additionalProperties: true });
  });

  it('is the schema itself, if all are the same, and anything, if one is', () => {
    expect(
      uniteSchemas([
        { type: 'string', minLength: 1 },
        { minLength: 1, type: 'string' },
      ]),
    ).toEqual({
      type: 'string',
      minLength: 1,
    });
    expect(uniteSchemas([TEXT, {}])).toEqual({});
    expect(uniteSchemas([objectOf({}), objectOf({}, { minProperties: 1 })])).toHaveProperty('anyOf');
  });
});
