import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeCode } from '../../../../libs/mintlify-docs-emulator/src/client/api/code-writer.js';
import { exampleRequest } from '../../../../libs/mintlify-docs-emulator/src/client/api/request-model.js';
import type { ApiRequest } from '../../../../libs/mintlify-docs-emulator/src/client/api/request-model.js';
import { encodeForm } from '../../../../libs/mintlify-docs-emulator/src/shared/form-fields.js';
import { operationOf, parameterOf } from '../playground/operation-helper.js';

const URL_OF_API = 'https://api.foo.test/plants';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

const hostile = fc.constantFrom(
  "'",
  '"',
  '\\',
  '`',
  '$(exit 3)',
  '${1+1}',
  '\n',
  "'; exit 3; '",
  "\\'",
  '!x',
  '\u2028',
  '"""',
  "'''",
  '@/etc/hostname',
  '-o',
  '=',
  '&',
  'ü水',
  '<x',
  ';type=a/b',
  '{a,b}',
  '[1-3]',
);
const text = fc
  .array(fc.oneof(hostile, fc.string({ maxLength: 4 })), { maxLength: 4 })
  .map((parts) => parts.join('').replaceAll(/\0|\p{Surrogate}/gu, ''));
const line = text.map((value) => value.replaceAll(/\p{C}|[^\u{20}-\u{ff}]/gu, '').trim());
const requests = fc
  .record({
    url: text,
    header: line,
    mediaType: fc.constantFrom('application/json', 'text/plain', FORM, MULTIPART),
    name: text.filter((value) => value !== ''),
    value: text,
  })
  .map(({ url, header, mediaType, name, value }) => {
    const body =
      mediaType === 'text/plain'
        ? value
        : JSON.stringify(
            Object.fromEntries([
              [name, value],
              ['list', ['1', '2']],
            ]),
            null,
            2,
          );
    const request: ApiRequest = {
      method: 'POST',
      url: URL_OF_API + url,
      headers: [
        { name: 'X-Note', value: header },
        { name: 'Content-Type', value: mediaType },
      ],
      body: { mediaType, text: body },
    };
    return {
      request,
      fields: [
        [name, value],
        ['list', '1'],
        ['list', '2'],
      ],
    };
  });

/** The words that a shell gives to curl. */
function curlArguments(code: string): string[] {
  const { stdout, status, stderr } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.split('\0').slice(0, -1);
}

/** What JavaScript gives to fetch. */
function fetched(code: string): [url: string, init: { body?: unknown; headers?: Record<string, string> }] {
  let found: unknown[] = [];
  const context = { FormData, fetch: (...given: unknown[]) => (found = given) };
  runInNewContext(code, context);
  return found as ReturnType<typeof fetched>;
}

const codeOf = (request: ApiRequest, language: string): string =>
  writeCode(request).find((each) => each.language === language)?.code ?? '';
const after = (words: readonly string[], option: string): string[] =>
  words.flatMap((_, index) => (words[index - 1] === option ? [words[index] ?? ''] : []));
const isSameUrl = (one: string | undefined, other: string): boolean =>
  new URL(one ?? '').href.replaceAll('%27', "'") === new URL(other).href.replaceAll('%27', "'");

describe('the code of a request', () => {
  it('gives curl exactly the request, and no value as an option, a file or a command', () => {
    fc.assert(
      fc.property(requests, ({ request, fields }) => {
        const given = curlArguments(codeOf(request, 'bash'));
        const { mediaType, text: body } = request.body!;
        const isMultipart = mediaType === MULTIPART;
        assert.ok(new URL(given[0] ?? '').href.startsWith(URL_OF_API));
        const note = request.headers[0]?.value ?? '';
        const headers = [note === '' ? 'X-Note;' : `X-Note: ${note}`];
        assert.deepEqual(
          after(given, '--header'),
          isMultipart ? headers : [...headers, `Content-Type: ${mediaType}`],
        );
        assert.deepEqual(
          after(given, '--form-string'),
          isMultipart ? fields.map((pair) => pair.join('=')) : [],
        );
        const sent =
          mediaType === FORM
            ? [new URLSearchParams(fields).toString()]
            : isMultipart || body === ''
              ? []
              : [body];
        assert.deepEqual(after(given, '--data-raw'), sent);
        // Nothing else, so that no option of curl comes from a value.
        const options = given.slice(given[1] === '--globoff' ? 2 : 1);
        for (const option of options.filter((_, index) => index % 2 === 0))
          assert.match(option, /^--(?:request|header|data-raw|form-string)$/);
      }),
      { numRuns: 150 },
    );
  });

  it('gives fetch exactly the request', () => {
    fc.assert(
      fc.property(requests, ({ request, fields }) => {
        const [url, { body, headers = {} }] = fetched(codeOf(request, 'javascript'));
        const { mediaType, text: whole } = request.body!;
        assert.ok(url.startsWith(URL_OF_API));
        assert.equal(headers['X-Note'] ?? '', request.headers[0]?.value);
        if (mediaType === MULTIPART)
          assert.equal(JSON.stringify([...(body as FormData)]), JSON.stringify(fields));
        else if (mediaType === FORM) assert.equal(body, new URLSearchParams(fields).toString());
        else if (mediaType === 'text/plain') assert.equal(body ?? '', whole);
        else assert.deepEqual(JSON.parse(String(body)), JSON.parse(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('has texts of Python that end where they should', () => {
    fc.assert(
      fc.property(requests, ({ request }) => {
        // Without its texts, nothing of a value is left; they are written as in JSON.
        const left = codeOf(request, 'python').replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
        assert.match(left, /^[\w\s.(){}[\]:,="]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('has a URL in each language that no quote ends', () => {
    for (const end of ["'", '"', '\\', '`', '\n', '\u2028']) {
      const request = { method: 'GET', url: `${URL_OF_API}/${end}`, headers: [] };
      const encoded = new URL(`${URL_OF_API}/${encodeURIComponent(end)}`).href;
      expect(isSameUrl(curlArguments(codeOf(request, 'bash'))[0], encoded)).toBe(true);
      expect(isSameUrl(fetched(codeOf(request, 'javascript'))[0], encoded)).toBe(true);
      expect(codeOf(request, 'python')).toMatch(/^requests\.get\("[^"\\\n]*"\)$/);
    }
  });

  it('reads no file for a text that begins with @', () => {
    const body = { mediaType: 'text/plain', text: '@/etc/hostname' };
    const request = { method: 'POST', url: '-o/tmp/x', headers: [], body };
    expect(codeOf(request, 'bash')).toBe(
      'curl --url -o/tmp/x \\\n  --request POST \\\n  --data-raw @/etc/hostname',
    );
  });
});

describe('the example of an operation', () => {
  it('has no header that cannot be sent', () => {
    const parameters = [parameterOf('header', '@/etc/hostname', { required: true, example: 'x' })];
    const { headers } = exampleRequest(operationOf({ parameters }), () => undefined);
    expect(headers.map(({ name }) => name)).not.toContain('@/etc/hostname');
  });
});

describe('a form', () => {
  it('repeats the name for each value of a list, and writes objects as JSON', () => {
    expect(encodeForm({ a: ['x', 1], b: { c: null }, d: true, e: null })).toBe(
      'a=x&a=1&b=%7B%22c%22%3Anull%7D&d=true&e=null',
    );
  });
});
