/** More layers of escapes than any page has. */
const MAX_DECODINGS = 4;
/** Far more readings than any page has. */
const MAX_READINGS = 128;
/** Of all readings together, so that a long path cannot buy work: about a millisecond. */
const MAX_CHARACTERS = 16_384;

/**
 * What no page has in its path, as bytes: NUL, at which some programs stop reading; `%uXXXX`, which IIS decodes and no
 * RFC knows; UTF-8 longer than need be (`C0 AE` is a dot to lax decoders); and letters that are dots, slashes and
 * backslashes after NFKC (UAX #15): U+2024, U+2025, U+2100, U+2101, U+2105, U+2106, U+FE30, U+FE52, U+FE68, U+FF0E, U+FF0F, U+FF3C.
 */
// Without the flag `i`, for which the bytes C0 and E0 are one letter.
const FORBIDDEN_BYTES = new RegExp(
  [
    String.raw`\0|%[uU][\da-fA-F]{4}`,
    String.raw`[\xc0\xc1]|\xe0[\x80-\x9f]|\xf0[\x80-\x8f]|\xf8[\x80-\x87]|\xfc[\x80-\x83]`,
    String.raw`\xe2\x80[\xa4\xa5]|\xe2\x84[\x80\x81\x85\x86]|\xef\xb8\xb0|\xef\xb9[\x92\xa8]|\xef\xbc[\x8e\x8f\xbc]`,
  ].join('|'),
);

/** What one of the steps may change. */
const STRUCTURE = /\/\/|[;?#\\\0- ]/;

/** One step each of what servers, proxies and browsers do to a path; a step that does not apply gives the path back. */
const STEPS: readonly ((path: string) => string)[] = [
  // Many servers take several slashes for one.
  (path) => path.replaceAll(/\/{2,}/g, '/'),
  // Servlet containers drop parameters; other servers take a `;` for the start of the query.
  (path) => path.replaceAll(/;[^/]*/g, ''),
  (path) => path.split(';', 1)[0]!,
  (path) => path.split(/[?#]/, 1)[0]!,
  // Browsers take `\` for `/`, and drop tabs and line breaks; URL parsers drop white space at the end.
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replaceAll(/[\t\n\r]/g, ''),
  (path) => path.replaceAll(/(?<![\0- ])[\0- ]+(?=\/|$)/g, ''),
];

/**
 * Whether every way to read a path is accepted. The first reading is the path itself; every other one takes
 * one more of these steps: decode one layer of escapes, or of all but slashes, merge slashes, drop `;parameters`, end at the
 * first `;`, end at a `?` or `#`, take `\` for `/`, drop tabs and line breaks, drop white space behind segments, fold by NFKC.
 *
 * It fails closed: a path with a byte that no page has, with more than 4 layers of escapes, or with more readings than
 * it may have, is not accepted.
 *
 * @internal
 * @param path as it was sent or as the URL parser gives it: any text
 * @param accepts called with one character for each byte, at most once for each reading
 * @example
 * ```ts
 * everyReading('/a%252fb', (reading) => !reading.includes('/b')); // false: decoded twice, it is '/a/b'
 * ```
 */
export function everyReading(path: string, accepts: (reading: string) => boolean): boolean {
  // Each with how often it was decoded. The loop meets what it adds.
  const readings = new Map([[toBytes(path), 0]]);
  let characters = 0;
  for (const [reading, decodings] of readings) {
    characters += reading.length;
    if (readings.size > MAX_READINGS || characters > MAX_CHARACTERS) return false;
    if (FORBIDDEN_BYTES.test(reading) || !accepts(reading)) return false;
    for (const decoded of [decodeLayer(reading), decodeAllButSlashes(reading)]) {
      if (readings.has(decoded)) continue;
      if (decodings === MAX_DECODINGS) return false;
      readings.set(decoded, decodings + 1);
    }
    for (const next of oneStepFrom(reading)) {
      if (!readings.has(next)) readings.set(next, decodings);
    }
  }
  return true;
}

/** Itself among them, where a step does not apply. */
function oneStepFrom(reading: string): string[] {
  const folded = foldCompatibility(reading);
  return STRUCTURE.test(reading) ? [folded, ...STEPS.map((step) => step(reading))] : [folded];
}

/** Undoes one layer, byte by byte, since the bytes of one letter may stand in different layers. */
function decodeLayer(path: string): string {
  return path.replaceAll(/(?:%[\da-f]{2})+/gi, decodeEscapes);
}

/** As many servers do: behind them `%2F` is part of a name. */
function decodeAllButSlashes(path: string): string {
  return path.replaceAll(/(?:%(?!2f|5c)[\da-f]{2})+/gi, decodeEscapes);
}

function decodeEscapes(escapes: string): string {
  return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1');
}

/** NFKC: fullwidth and other variants of letters become the plain ones. Bytes that are not UTF-8 become U+FFFD. */
function foldCompatibility(path: string): string {
  if (!/[\x80-\xff]/.test(path)) return path;
  return toBytes(Buffer.from(path, 'latin1').toString().normalize('NFKC'));
}

function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
