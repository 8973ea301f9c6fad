import type { UserViolation } from '../errors.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { formatJsonPath, type JsonPathSegment } from '../user/json-path.js';

const MAX_EXPIRY_SECONDS = 900;
const MAX_TEXT_LENGTH = 4_096;
const MAX_CONTENT_KEY_LENGTH = 64;
const MAX_INPUT_KEY_LENGTH = 200;
const MAX_VIOLATIONS = 20;
/** A letter or a digit, then also `_`, `.`, `:` and `-`. The length is checked with the limits. */
const GROUP = /^[A-Za-z0-9][\w.:-]*$/;

type Refuse = (message: string, ...path: JsonPathSegment[]) => void;

/**
 * Finds what Scalar would not take of a user. It drops the whole answer then, and says so to no one.
 *
 * Source: the response contract on the page "Personalization" of Scalar's documentation.
 *
 * @internal
 * @returns at most 20 violations
 */
export function findScalarViolations(user: ValidMintlifyUser, nowSeconds: number): readonly UserViolation[] {
  const violations: UserViolation[] = [];
  const refuse: Refuse = (message, ...path) => {
    if (violations.length < MAX_VIOLATIONS) violations.push({ path: formatJsonPath(path), message });
  };
  const { expiresAt, groups = [], content = {}, apiPlaygroundInputs = {} } = user;
  if (expiresAt > nowSeconds + MAX_EXPIRY_SECONDS) {
    refuse(
      'is more than 15 minutes ahead, which is the most for Scalar. Leave it out for 15 minutes.',
      'expiresAt',
    );
  }
  groups.forEach((group, index) => {
    if (GROUP.test(group)) return;
    refuse('must start with a letter or digit, and have only those and _ . : - for Scalar.', 'groups', index);
  });
  checkNames(refuse, content, MAX_CONTENT_KEY_LENGTH, ['content']);
  checkTexts(refuse, content, ['content']);
  for (const [place, inputs = {}] of Object.entries(apiPlaygroundInputs) as [string, object | undefined][]) {
    checkInputs(refuse, inputs, ['apiPlaygroundInputs', place]);
  }
  return violations;
}

function checkInputs(refuse: Refuse, inputs: object, path: readonly JsonPathSegment[]): void {
  checkNames(refuse, inputs, MAX_INPUT_KEY_LENGTH, path);
  for (const [name, value] of Object.entries(inputs) as [string, unknown][]) {
    if (typeof value === 'string') checkTexts(refuse, value, [...path, name]);
    else refuse('must be a string for Scalar. Convert it.', ...path, name);
  }
}

function checkNames(
  refuse: Refuse,
  object: object,
  maxLength: number,
  path: readonly JsonPathSegment[],
): void {
  for (const name of Object.keys(object)) {
    if (name.length >= 1 && name.length <= maxLength) continue;
    refuse(`has a name that must have 1 to ${maxLength} characters for Scalar.`, ...path, name);
  }
}

/** All strings in a value, at any depth: the validator has limited both. */
function checkTexts(refuse: Refuse, value: unknown, path: readonly JsonPathSegment[]): void {
  if (typeof value === 'string') {
    if (value.length <= MAX_TEXT_LENGTH) return;
    refuse(`has ${value.length} characters; the maximum for Scalar is ${MAX_TEXT_LENGTH}.`, ...path);
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => checkTexts(refuse, each, [...path, index]));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) checkTexts(refuse, each, [...path, name]);
  }
}
