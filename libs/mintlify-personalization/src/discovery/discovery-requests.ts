import { refuseLoneSurrogates } from '../user/text-rules.js';
import { discoveryInvalid } from './discovery-errors.js';

/** Reads one field. Returns what to send, or throws. */
type Rule = (path: string, value: unknown) => unknown;
type Rules = Readonly<Record<string, Rule>>;
type Fields = Readonly<Record<string, unknown>>;

const text =
  (max: number): Rule =>
  (path, value) => {
    if (typeof value === 'string' && value.trim() !== '' && value.length <= max) {
      const wrong = refuseLoneSurrogates(value);
      if (wrong === undefined) return value;
      throw discoveryInvalid(`${path} ${wrong}`);
    }
    throw discoveryInvalid(`${path} must be a string of 1 to ${max} characters.`);
  };

const number =
  (min: number, max: number, isWhole: boolean): Rule =>
  (path, value) => {
    const isNumber = typeof value === 'number' && value >= min && value <= max;
    if (isNumber && (!isWhole || Number.isInteger(value))) return value;
    throw discoveryInvalid(`${path} must be a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}.`);
  };

const oneOf =
  (...names: string[]): Rule =>
  (path, value) => {
    if (names.some((name) => name === value)) return value;
    throw discoveryInvalid(`${path} must be ${names.join(' or ')}.`);
  };

const list =
  (min: number, max: number, item: Rule): Rule =>
  (path, value) => {
    if (Array.isArray(value) && value.length >= min && value.length <= max) {
      return (value as unknown[]).map((each, index) => item(`${path}[${index}]`, each));
    }
    throw discoveryInvalid(`${path} must be a list of ${min} to ${max} items.`);
  };

/** An object with these fields alone, so that no groups get through. */
const object =
  (rules: Rules, required: readonly string[] = [], ignored: readonly string[] = []): Rule =>
  (path, value) => {
    const given = assertObject(path, value);
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(rules, name) && !ignored.includes(name));
    if (unknown !== undefined) throw unknownField(path, unknown, Object.keys(rules));
    const missing = required.find((name) => given[name] === undefined);
    if (missing !== undefined) throw discoveryInvalid(`${join(path, missing)} is missing.`);
    const entries = Object.entries(rules)
      .filter(([name]) => given[name] !== undefined)
      .map(([name, rule]) => [name, rule(join(path, name), given[name])]);
    return Object.fromEntries(entries) as Fields;
  };

/** What it holds beyond its type depends on that. */
const part: Rule = (path, value) => {
  const given = assertObject(path, value);
  text(100)(`${path}.type`, given['type']);
  if (given['type'] === 'text' && typeof given['text'] !== 'string') {
    throw discoveryInvalid(`${path}.text must be a string.`);
  }
  return given;
};

const LABEL = text(200);
const MESSAGE = object({ id: LABEL, role: oneOf('user', 'assistant'), parts: list(1, 100, part) }, [
  'id',
  'role',
  'parts',
]);
// Metadata is for the page that shows the message.
const CHAT_MESSAGE: Rule = (path, value) => {
  const { metadata: _, ...message } = assertObject(path, value);
  return MESSAGE(path, message);
};
const CONTEXT = object(
  { type: oneOf('code', 'textSelection'), value: text(20_000), path: LABEL, elementId: LABEL },
  ['type', 'value'],
);

const SEARCH = object(
  {
    query: text(1_000),
    pageSize: number(1, 50, true),
    scoreThreshold: number(0, 1, false),
    filter: object({ version: LABEL, language: LABEL, tag: LABEL }),
  },
  ['query'],
);
const PAGE = object({ path: text(1_000) }, ['path']);
const QUESTION = object(
  {
    messages: list(1, 100, CHAT_MESSAGE),
    threadId: text(500),
    threadKey: text(500),
    retrievalPageSize: number(1, 50, true),
    filter: object({ version: LABEL, language: LABEL }),
    context: list(0, 20, CONTEXT),
    currentPath: LABEL,
  },
  ['messages'],
  // What `useChat` of the AI SDK adds.
  ['id', 'trigger', 'messageId'],
);

/** @internal The fields of a request to the discovery API, without those that the server sets. */
export type DiscoveryFields = Fields & { readonly filter?: Fields };

/**
 * Reads a search.
 *
 * @internal
 * @throws MintlifyPersonalizationError `discovery_invalid`, naming the field
 */
export const readSearch = (value: unknown): DiscoveryFields => SEARCH('', value) as DiscoveryFields;

/** @internal Reads the path of a page, as {@link readSearch} does. */
export const readPage = (value: unknown): DiscoveryFields => PAGE('', value) as DiscoveryFields;

/** @internal Reads a question, as {@link readSearch} does. */
export const readQuestion = (value: unknown): DiscoveryFields => QUESTION('', value) as DiscoveryFields;

function assertObject(path: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw discoveryInvalid(`${path || 'The request'} must be an object.`);
}

/** Only what looks like a name is repeated. */
function unknownField(path: string, name: string, names: readonly string[]): Error {
  if (name === 'groups') {
    return discoveryInvalid(
      `${join(path, name)} is not allowed: the groups come from the claim mapper. Leave it out.`,
    );
  }
  if (name === 'fp') return discoveryInvalid('fp is not allowed: the server sets it. Leave it out.');
  const field = /^\w{1,64}$/.test(name) ? join(path, name) : `A field of ${path || 'the request'}`;
  return discoveryInvalid(`${field} is not allowed. Use ${names.join(', ')}.`);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
