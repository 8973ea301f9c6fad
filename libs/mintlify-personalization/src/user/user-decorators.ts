import { ValidateBy, ValidateIf } from 'class-validator';
import { DEFAULT_USER_LIMITS } from '../options/resolved-options.js';
import { JsonSnapshot } from './json-snapshot.js';
import { refuseLoneSurrogates, type TextRule } from './text-rules.js';

/** @internal Absent is fine; `null` is not: class-validator's own `@IsOptional()` would let it pass. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_, value: unknown) => value !== undefined);
}

/**
 * A plain object whose every value JSON carries unchanged, within the default depth and number of values,
 * and whose names and texts keep to `rule`.
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
 * An object or an instance of a class. Not a list, a Map or a Set: `@ValidateNested()` looks at what is in one,
 * finds nothing in an empty one, and class-validator's own `@IsObject()` lets a Map pass.
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

/** @internal Every own value is a text. */
export function HoldsStringsOnly(): PropertyDecorator {
  return ValidateBy({
    name: 'holdsStringsOnly',
    validator: {
      validate: (value) =>
        Object.values(Object(value) as object).every(
          (each) => each === undefined || typeof each === 'string',
        ),
      defaultMessage: () => '$property must hold texts only',
    },
  });
}

/** @internal No text in the list has a lone surrogate. What is no text is for another rule to refuse. */
export function HoldsWholeCharacters(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'holdsWholeCharacters',
      validator: {
        validate: (value) => typeof value !== 'string' || refuseLoneSurrogates(value) === undefined,
        defaultMessage: () => 'each value in $property must be made of whole characters: no lone surrogate',
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
    snapshot.open(snapshot); // the user's own level
    snapshot.read('value', value, rule);
  } catch {
    snapshot.refuse('cannot be read');
  }
  return snapshot.violations;
}
