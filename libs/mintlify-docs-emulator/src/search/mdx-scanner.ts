/** A tag of MDX: of a component, or of an element. */
export interface ScannedTag {
  /** Such as `Note` or `h2`; empty for a fragment. */
  name: string;
  isClosing: boolean;
  isSelfClosing: boolean;
  /** The attributes whose value is a text. */
  attributes: ReadonlyMap<string, string>;
  /** The place after it. */
  end: number;
}

const NAME = /<(?<slash>\/?)\s*(?<name>[a-zA-Z][\w.:-]*)?/y;
const ATTRIBUTE = /\s*(?<name>[\w:.@-]+)(?<equals>\s*=\s*)?/y;
const OPENING = '{([';
const CLOSING = '})]';

/**
 * Finds the end of a tag.
 *
 * @param start the place of its `<`.
 * @returns `undefined` if this is no tag.
 * @example
 * skipTag('<Step title="One" />', 0); // { name: 'Step', isSelfClosing: true, end: 20, … }
 */
export function skipTag(source: string, start: number): ScannedTag | undefined {
  NAME.lastIndex = start;
  const opened = NAME.exec(source);
  const { slash = '', name = '' } = opened?.groups ?? {};
  if (!opened) return undefined;
  const attributes = new Map<string, string>();
  let at = NAME.lastIndex;
  for (;;) {
    const next = skipSpace(source, at);
    if (source[next] === '>' || (source[next] === '/' && source[next + 1] === '>')) {
      const isSelfClosing = source[next] === '/';
      return {
        name,
        isClosing: slash !== '',
        isSelfClosing,
        attributes,
        end: next + (isSelfClosing ? 2 : 1),
      };
    }
    if (name === '') return undefined;
    if (source[next] === '{') {
      at = skipBraces(source, next);
      continue;
    }
    const end = skipAttribute(source, at, attributes);
    if (end === undefined) return undefined;
    at = end;
  }
}

function skipAttribute(source: string, start: number, attributes: Map<string, string>): number | undefined {
  ATTRIBUTE.lastIndex = start;
  const written = ATTRIBUTE.exec(source);
  if (!written) return undefined;
  const at = ATTRIBUTE.lastIndex;
  if (written.groups?.equals === undefined) return at;
  const quote = source[at];
  if (quote === '{') return skipBraces(source, at);
  if (quote !== '"' && quote !== "'") return undefined;
  const end = source.indexOf(quote, at + 1);
  if (end === -1) return undefined;
  attributes.set(written.groups.name ?? '', source.slice(at + 1, end));
  return end + 1;
}

/**
 * Finds the end of JavaScript in braces. Braces in strings, templates and comments do not count. Where they do not
 * match, it is the end of the text: too little is read rather than too much.
 *
 * @param start the place of the opening brace, parenthesis, bracket or backtick.
 * @example
 * skipBraces('{"}"} text', 0); // 5
 */
export function skipBraces(source: string, start: number): number {
  if (source[start] === '`') return skipTemplate(source, start);
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (OPENING.includes(character)) depth += 1;
    else if (CLOSING.includes(character)) {
      depth -= 1;
      if (depth <= 0) return at + 1;
    } else if (character === '"' || character === "'") at = skipString(source, at);
    else if (character === '`') at = skipTemplate(source, at) - 1;
    else if (character === '/') at = skipComment(source, at);
  }
  return source.length;
}

/** To its last character. Text of an element may have an apostrophe: a string ends at the end of the line. */
function skipString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === source[start]) return at;
    else if (source[at] === '\n') return start;
  }
  return start;
}

function skipTemplate(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '`') return at + 1;
    else if (source[at] === '$' && source[at + 1] === '{') at = skipBraces(source, at + 1) - 1;
  }
  return source.length;
}

function skipComment(source: string, start: number): number {
  const next = source[start + 1];
  if (next === '*') {
    const end = source.indexOf('*/', start + 2);
    return end === -1 ? source.length : end + 1;
  }
  if (next !== '/' || source[start - 1] === ':') return start;
  const end = source.indexOf('\n', start);
  return end === -1 ? source.length : end;
}

function skipSpace(source: string, start: number): number {
  let at = start;
  while (/\s/.test(source[at] ?? '')) at += 1;
  return at;
}
