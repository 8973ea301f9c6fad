import type { DocsSite } from 'nestjs-mintlify-personalization';

/** How many readings of one path are looked at: more than most paths that are kept can have. */
const MAX_READINGS = 300;

/** How a reading came from the one before. */
interface Step {
  readonly from: string;
  readonly name: string;
}

/** Each way in which a program may rewrite a path, at one place alone or at all of them. Nothing here is the library's. */
const REWRITES: Readonly<Record<string, (path: string) => Iterable<string>>> = {
  'decodes one escape': (path) => eachMatch(path, /%[0-9a-f]{2}/gi, decodeByte),
  'decodes all escapes': (path) => [path.replaceAll(/%[0-9a-f]{2}/gi, decodeByte)],
  'decodes %uXXXX': (path) => [
    path.replaceAll(/%u[0-9a-f]{4}/gi, (escape) =>
      asBytes(String.fromCharCode(Number.parseInt(escape.slice(2), 16))),
    ),
  ],
  'decodes UTF-8 that is longer than need be': (path) => [
    path
      .replaceAll(/[\xc0\xc1][\x80-\xbf]/g, (bytes) => lax(bytes, 0x1f))
      .replaceAll(/\xe0[\x80\x81][\x80-\xbf]/g, (bytes) => lax(bytes, 0x0f)),
  ],
  'folds letters': (path) => [asBytes(Buffer.from(path, 'latin1').toString('utf8').normalize('NFKC'))],
  'drops one parameter': (path) => eachMatch(path, /;[^/]*/g, () => ''),
  'drops all parameters': (path) => [
    path
      .split('/')
      .map((segment) => segment.split(';')[0])
      .join('/'),
  ],
  'ends at a semicolon': (path) => [path.split(';')[0] ?? ''],
  'ends at a query': (path) => [path.split('?')[0] ?? ''],
  'ends at a fragment': (path) => [path.split('#')[0] ?? ''],
  'reads backslashes as slashes': (path) => [path.split('\\').join('/')],
  'drops tabs and line breaks': (path) => [path.split(/[\t\n\r]/).join('')],
  'trims segments': (path) => [
    path
      .split('/')
      .map((segment) => segment.trimEnd())
      .join('/'),
  ],
  'merges slashes': (path) => [path.replaceAll(/\/+/g, '/')],
  'resolves dot segments': (path) => [removeDotSegments(path)],
};

/**
 * How some chain of servers, proxies and browsers reads a path as one outside the docs; nothing where none of them does.
 *
 * @param path as it stands in the URL that a visitor is sent to
 */
export function findServerEscape(site: DocsSite, path: string): string | undefined {
  return findReading(path, (reading) => leaves(site, reading));
}

/** How some chain of servers reads a path as the callback page of private docs, in whatever case. */
export function findCallbackReading(path: string): string | undefined {
  return findReading(path, (reading) => /^\/login\/jwt-callback(?:\/|$)/i.test(reading));
}

function findReading(path: string, isWrong: (reading: string) => boolean): string | undefined {
  const readings = new Map<string, Step | undefined>([[path, undefined]]);
  if (isWrong(path)) return `${path} leaves as it is`;
  for (const reading of readings.keys()) {
    for (const [name, rewrite] of Object.entries(REWRITES)) {
      for (const next of rewrite(reading)) {
        if (readings.has(next)) continue;
        if (readings.size === MAX_READINGS) return undefined;
        readings.set(next, { from: reading, name });
        if (isWrong(next)) return `${path} is read as ${next}: ${historyOf(next, readings)}`;
      }
    }
  }
  return undefined;
}

/** What was rewritten to come to a reading, first to last. */
function historyOf(reading: string, readings: ReadonlyMap<string, Step | undefined>): string {
  const names: string[] = [];
  for (let step = readings.get(reading); step !== undefined; step = readings.get(step.from)) {
    names.unshift(step.name);
  }
  return names.join('; ');
}

/** By the URL standard's own parser, as a browser that is sent there resolves it. */
function leaves({ origin, basePath }: DocsSite, reading: string): boolean {
  // `new URL` throws at a host that is none.
  if (!/^\/(?![/\\])/.test(reading.replaceAll(/[\t\n\r]/g, ''))) return true;
  const url = new URL(reading.replaceAll(/[?#]/g, '_'), `${origin}/`);
  return (
    url.origin !== origin || url.pathname.startsWith('//') || !`${url.pathname}/`.startsWith(`${basePath}/`)
  );
}

/** The text once for each match, with that one replaced; each made when it is asked for. */
function* eachMatch(text: string, pattern: RegExp, replace: (match: string) => string): Iterable<string> {
  for (const match of text.matchAll(pattern)) {
    yield text.slice(0, match.index) + replace(match[0]) + text.slice(match.index + match[0].length);
  }
}

/** RFC 3986, section 5.2.4, step by step. */
function removeDotSegments(path: string): string {
  let input = path;
  let output = '';
  while (input !== '') {
    if (/^\/\.(\/|$)/.test(input)) input = `/${input.slice(3)}`;
    else if (/^\/\.\.(\/|$)/.test(input)) {
      input = `/${input.slice(4)}`;
      output = output.slice(0, Math.max(0, output.lastIndexOf('/')));
    } else {
      const end = input.indexOf('/', 1);
      output += end < 0 ? input : input.slice(0, end);
      input = end < 0 ? '' : input.slice(end);
    }
  }
  return output;
}

const HEX_DIGITS = Array.from('0123456789abcdefABCDEF');
/** Each escape in each case, made once: a corpus has millions of them. */
const BYTES = new Map(
  HEX_DIGITS.flatMap((high) => HEX_DIGITS.map((low) => high + low)).map((digits) => [
    `%${digits}`,
    String.fromCharCode(Number.parseInt(digits, 16)),
  ]),
);
const decodeByte = (escape: string): string => BYTES.get(escape) ?? escape;
const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
const lax = (bytes: string, first: number): string =>
  String.fromCharCode(
    Buffer.from(bytes, 'latin1').reduce(
      (code, byte, index) => (code << 6) | (byte & (index === 0 ? first : 0x3f)),
      0,
    ),
  );
