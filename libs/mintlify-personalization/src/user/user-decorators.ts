import { ValidateBy, ValidateIf } from 'class-validator';
import { DEFAULT_USER_LIMITS } from '../options/app-options.js';
import { JsonSnapshot } from './json-snapshot.js';
import { refuseLoneSurrogates, type TextRule } from './text-rules.js';

/** @internal Optional, but not `null`, which class-validator's `@IsOptional()` would accept. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}

/**
 * A plain object whose values JSON does not change, within the default depth and number of values. Its names and strings
 * must follow `rule`.
 *
 * @internal
 */
export function IsJsonObject(rule?: TextRule): PropertyDecorator {
  return ValidateBy({
    name: 'isJsonObject',
    validator: {
      validate: (value) => findViolations(value, rule).length === 0,
      defaultMessage: (context) =>
        findViolations(context?.value, rule)
          .map(({ path, message }) => `${path.replace(/^value/, '$property')} ${message}`)
          .join('; '),
    },
  });
}

/**
 * An object or an instance of a class, but not an array, a Map or a Set: `@ValidateNested()` accepts empty ones, and
 * class-validator's `@IsObject()` accepts a Map.
 *
 * @internal
 */
export function IsRecord(): PropertyDecorator {
  return ValidateBy({
    name: 'isRecord',
    validator: {
      validate: (value) => Object.prototype.toString.call(value) === '[object Object]',
      defaultMessage: () => '$property must be an object',
    },
  });
}

/** @internal No more than `max` own keys. */
export function MaxKeys(max: number): PropertyDecorator {
  return ValidateBy({
    name: 'maxKeys',
    validator: {
      validate: (value) => Object.keys(Object(value) as object).length <= max,
      defaultMessage: () => `$property must have no more than ${max} keys`,
    },
  });
}

/** @internal All own values are strings. */
export function HoldsStringsOnly(): PropertyDecorator {
  return ValidateBy({
    name: 'holdsStringsOnly',
    validator: {
      validate: (value) =>
        Object.values(Object(value) as object).every(
          (each) => each === undefined || typeof each === 'string',
        ),
      defaultMessage: () => '$property must only contain strings',
    },
  });
}

/** @internal No string in the list has a lone surrogate. Other values are left to other rules. */
export function HoldsWholeCharacters(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'holdsWholeCharacters',
      validator: {
        validate: (value) => typeof value !== 'string' || refuseLoneSurrogates(value) === undefined,
        defaultMessage: () => 'each value in $property must not contain a lone surrogate',
      },
    },
    { each: true },
  );
}

function findViolations(value: unknown, rule: TextRule | undefined): JsonSnapshot['violations'] {
  const snapshot = new JsonSnapshot(DEFAULT_USER_LIMITS);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    snapshot.refuse('must be an object', 'value');
    return snapshot.violations;
  }
  try {
    snapshot.open(snapshot); // the level of the user
    snapshot.read('value', value, rule);
  } catch {
    snapshot.refuse('cannot be read');
  }
  return snapshot.violations;
}
