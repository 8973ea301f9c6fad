/** More layers of escapes than a real page has. */
const MAX_DECODINGS = 4;
/** Far more readings than a real page has. */
const MAX_READINGS = 128;
/** Total length of all readings, so that a long path costs at most about a millisecond. */
const MAX_CHARACTERS = 16_384;

/**
 * Bytes that no path of a page has: NUL, at which some programs stop reading; `%uXXXX`, which IIS decodes although it is
 * in no RFC; overlong UTF-8 (`C0 AE` is a dot for lax decoders); and characters that become dots, slashes or backslashes
 * by NFKC (UAX #15): U+2024, U+2025, U+2100, U+2101, U+2105, U+2106, U+FE30, U+FE52, U+FE68, U+FF0E, U+FF0F, U+FF3C.
 */
// Without the flag `i`, which would treat the bytes C0 and E0 as one letter.
const FORBIDDEN_BYTES = new RegExp(
  [
    String.raw`\0|%[uU][\da-fA-F]{4}`,
    String.raw`[\xc0\xc1]|\xe0[\x80-\x9f]|\xf0[\x80-\x8f]|\xf8[\x80-\x87]|\xfc[\x80-\x83]`,
    String.raw`\xe2\x80[\xa4\xa5]|\xe2\x84[\x80\x81\x85\x86]|\xef\xb8\xb0|\xef\xb9[\x92\xa8]|\xef\xbc[\x8e\x8f\xbc]`,
  ].join('|'),
);

/** What one of the steps can change. */
const STRUCTURE = /\/\/|[;?#\\\0- ]/;

/** What servers, proxies and browsers do to a path, one step each. A step that does not apply returns the path. */
const STEPS: readonly ((path: string) => string)[] = [
  // Many servers merge slashes.
  (path) => path.replaceAll(/\/{2,}/g, '/'),
  // Servlet containers drop parameters; for other servers, `;` starts the query.
  (path) => path.replaceAll(/;[^/]*/g, ''),
  (path) => path.split(';', 1)[0]!,
  (path) => path.split(/[?#]/, 1)[0]!,
  // Browsers read `\` as `/`, and drop tabs and line breaks; URL parsers drop trailing white space.
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replaceAll(/[\t\n\r]/g, ''),
  (path) => path.replaceAll(/(?<![\0- ])[\0- ]+(?=\/|$)/g, ''),
];

/**
 * Whether every possible reading of a path is accepted. The first reading is the path itself; each other reading takes
 * one more of these steps: decode one layer of escapes, or all but slashes, merge slashes, drop `;parameters`, end at the
 * first `;`, end at a `?` or `#`, read `\` as `/`, drop tabs and line breaks, drop white space after segments, apply NFKC.
 *
 * It fails closed: a path is not accepted if it has forbidden bytes, more than 4 layers of escapes, or too many readings.
 *
 * @internal
 * @param path as sent, or from the URL parser: any string
 * @param accepts called at most once for each reading, which has one character for each byte
 * @example
 * ```ts
 * everyReading('/a%252fb', (reading) => !reading.includes('/b')); // false: decoded twice, it is '/a/b'
 * ```
 */
export function everyReading(path: string, accepts: (reading: string) => boolean): boolean {
  // Each with its number of decodings. The loop also visits what it adds.
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

/** Includes the reading itself, if a step does not apply. */
function oneStepFrom(reading: string): string[] {
  const folded = foldCompatibility(reading);
  return STRUCTURE.test(reading) ? [folded, ...STEPS.map((step) => step(reading))] : [folded];
}

/** Decodes one layer, byte by byte, since the bytes of one character may be in different layers. */
function decodeLayer(path: string): string {
  return path.replaceAll(/(?:%[\da-f]{2})+/gi, decodeEscapes);
}

/** As many servers do, for which `%2F` is part of a name. */
function decodeAllButSlashes(path: string): string {
  return path.replaceAll(/(?:%(?!2f|5c)[\da-f]{2})+/gi, decodeEscapes);
}

function decodeEscapes(escapes: string): string {
  return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('latin1');
}

/** NFKC: fullwidth and other variants become plain letters. Bytes that are not UTF-8 become U+FFFD. */
function foldCompatibility(path: string): string {
  if (!/[\x80-\xff]/.test(path)) return path;
  return toBytes(Buffer.from(path, 'latin1').toString().normalize('NFKC'));
}

function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
