import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeCode } from '../../../../libs/mintlify-docs-emulator/src/client/api/code-writer.js';
import { exampleRequest } from '../../../../libs/mintlify-docs-emulator/src/client/api/request-model.js';
import type { ApiRequest } from '../../../../libs/mintlify-docs-emulator/src/client/api/request-model.js';
import { isForm } from '../../../../libs/mintlify-docs-emulator/src/shared/request-body.js';
import type { BodyPart } from '../../../../libs/mintlify-docs-emulator/src/shared/request-body.js';
import { encodeForm } from '../../../../libs/mintlify-docs-emulator/src/shared/form-fields.js';
import { operationOf, parameterOf } from '../playground/operation-helper.js';

const URL_OF_API = 'https://api.foo.test/plants';
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const OCTETS = 'application/octet-stream';

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
const names = text.filter((value) => value !== '' && !/[=\r\n]/.test(value));
const types = fc.constantFrom('', 'image/png', 'text/plain');
const fileNames = text.filter((value) => value !== '' && !value.includes('/'));
const requests = fc
  .record({
    url: text,
    header: line,
    mediaType: fc.constantFrom('application/json', 'text/plain', FORM, MULTIPART, 'image/png'),
    name: names,
    value: text,
    file: fc.record({ name: fileNames, mediaType: types, base64: fc.constant('YQ==') }),
  })
  .map(({ url, header, mediaType, name, value, file }): ApiRequest => {
    const bodies: Record<string, ApiRequest['body']> = {
      'application/json': JSON.stringify({ [name]: value, list: ['1', 2, null, true] }, null, 2),
      'text/plain': value,
      [FORM]: new URLSearchParams([[name, value]]).toString(),
      [MULTIPART]: [
        { name, value },
        { name, value: 'again' },
        { name: `file${name}`, file },
      ],
      'image/png': file,
    };
    const body = bodies[mediaType];
    const headers: ApiRequest['headers'] = [
      ['X-Note', header],
      ['Content-Type', mediaType],
    ];
    return { method: 'POST', url: URL_OF_API + url, headers, body: body ?? '' };
  });

/** The words that a shell gives to curl. */
function curlArguments(code: string): string[] {
  const { stdout, status, stderr } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.split('\0').slice(0, -1);
}

/** What JavaScript gives to fetch. Files are blobs that hold their own path. */
async function fetched(
  code: string,
): Promise<[url: string, init?: { body?: unknown; headers?: Record<string, string> }]> {
  const given: unknown[] = [];
  const openAsBlob = async (path: string, options: { type: string }) => new Blob([path], options);
  const context = { FormData, openAsBlob, fetch: (...each: unknown[]) => given.push(...each) };
  const script = code.replace(/^import .*\n/, '');
  await runInNewContext(`(async () => {\n${script}\n})()`, context);
  return given as Awaited<ReturnType<typeof fetched>>;
}

/** A file of `--form`, as curl reads it. */
function readCurlFile(word: string): string[] {
  const [, name = '', quoted, plain = '', type = ''] =
    /^([^=]*)=@(?:"((?:[^"\\]|\\.)*)"|([^",;]*));type=(.*)$/s.exec(word) ?? [];
  const path = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain;
  return [name, path.replace(/^\.\/(?=-)/, ''), type];
}

const wellFormed = (given: string): string => Buffer.from(given).toString();

async function readPart([name, value]: [string, FormDataEntryValue]): Promise<unknown[]> {
  return typeof value === 'string' ? [name, value] : [name, value.name, value.type, await value.text()];
}

function fileSeen(part: BodyPart): unknown[] {
  if (!('file' in part)) return [part.name, part.value];
  const { name, mediaType } = part.file;
  return [part.name, name, mediaType || OCTETS, name];
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
      fc.property(requests, (request) => {
        const given = curlArguments(codeOf(request, 'bash'));
        const { body } = request;
        assert.ok(new URL(given[0] ?? '').href.startsWith(URL_OF_API));
        const [note = '', mediaType = ''] = request.headers.map(([, value]) => value);
        const headers = [note === '' ? 'X-Note;' : `X-Note: ${note}`];
        assert.deepEqual(
          after(given, '--header'),
          mediaType === MULTIPART ? headers : [...headers, `Content-Type: ${mediaType}`],
        );
        const parts = body !== undefined && isForm(body) ? body : [];
        const texts = parts.flatMap((part) => ('file' in part ? [] : [`${part.name}=${part.value}`]));
        assert.deepEqual(after(given, '--form-string'), texts);
        const files = parts.flatMap((part) =>
          'file' in part ? [[part.name, part.file.name, part.file.mediaType || OCTETS]] : [],
        );
        assert.deepEqual(after(given, '--form').map(readCurlFile), files);
        const isText = typeof body === 'string' && body !== '';
        assert.deepEqual(after(given, '--data-raw'), isText ? [body] : []);
        const whole = typeof body === 'object' && 'base64' in body ? [body.name] : [];
        assert.deepEqual(
          after(given, '--data-binary').map((each) => each.replace(/^@(?:\.\/(?=-))?/, '')),
          whole,
        );
        // Nothing else, so that no option of curl comes from a value.
        const options = given.slice(given[1] === '--globoff' ? 2 : 1);
        for (const option of options.filter((_, index) => index % 2 === 0))
          assert.match(option, /^--(?:request|header|data-raw|data-binary|form|form-string)$/);
      }),
      { numRuns: 150 },
    );
  });

  it('gives fetch exactly the request', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const [url, { body, headers = {} } = {}] = await fetched(codeOf(request, 'javascript'));
        assert.ok(url.startsWith(URL_OF_API));
        assert.equal(headers['X-Note'], request.headers[0]?.[1]);
        const given = request.body ?? '';
        if (typeof given === 'string') {
          const isJson = request.headers[1]?.[1] === 'application/json';
          assert.equal(isJson ? JSON.stringify(JSON.parse(String(body)), null, 2) : (body ?? ''), given);
        } else if (isForm(given)) {
          const sent = await Promise.all([...(body as FormData)].map(readPart));
          assert.deepEqual(sent, given.map(fileSeen));
        } else {
          const { type } = body as Blob;
          assert.deepEqual(
            [await (body as Blob).text(), type],
            [wellFormed(given.name), given.mediaType || OCTETS],
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has texts of Python that end where they should', () => {
    fc.assert(
      fc.property(requests, (request) => {
        // Without its texts, nothing of a value is left; they are written as in JSON.
        const left = codeOf(request, 'python').replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
        assert.match(left, /^[\w\s.(){}[\]:,="]*$/);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out what curl cannot send', () => {
    const headers: ApiRequest['headers'] = [];
    const request = { method: 'POST', url: URL_OF_API, headers, body: [{ name: 'a=b', value: 'c' }] };
    expect(writeCode(request).map(({ language }) => language)).toEqual(['javascript', 'python']);
  });

  it('holds JSON as a text where a value would send something else', () => {
    for (const body of ['{"a":1,"a":2}', '[12345678901234567890]', '{"__proto__":1}', '{ "a": 1}', '1e400']) {
      const headers: ApiRequest['headers'] = [['Content-Type', 'application/json']];
      const request = { method: 'POST', url: URL_OF_API, headers, body };
      expect(codeOf(request, 'javascript')).toContain(`body: ${JSON.stringify(body)},`);
      expect(codeOf(request, 'python')).toContain(`data=${JSON.stringify(body)},`);
    }
  });

  it('has a URL in each language that no quote ends', async () => {
    for (const end of ["'", '"', '\\', '`', '\n', '\u2028']) {
      const request = { method: 'GET', url: `${URL_OF_API}/${end}`, headers: [] };
      const encoded = new URL(`${URL_OF_API}/${encodeURIComponent(end)}`).href;
      expect(isSameUrl(curlArguments(codeOf(request, 'bash'))[0], encoded)).toBe(true);
      expect(isSameUrl((await fetched(codeOf(request, 'javascript')))[0], encoded)).toBe(true);
      expect(codeOf(request, 'python')).toMatch(/^requests\.get\("[^"\\\n]*"\)$/);
    }
  });

  it('reads no file for a text that begins with @', () => {
    const request = { method: 'POST', url: '-o/tmp/x', headers: [], body: '@/etc/hostname' };
    expect(codeOf(request, 'bash')).toBe(
      'curl --url -o/tmp/x \\\n  --request POST \\\n  --data-raw @/etc/hostname',
    );
  });
});

describe('the example of an operation', () => {
  it('has no header that cannot be sent', () => {
    const parameters = [parameterOf('header', '@/etc/hostname', { required: true, example: 'x' })];
    const { headers } = exampleRequest(operationOf({ parameters }), () => undefined);
    expect(headers.map(([name]) => name)).not.toContain('@/etc/hostname');
  });
});

describe('a form', () => {
  it('repeats the name for each value of a list, and writes objects as JSON', () => {
    expect(encodeForm({ a: ['x', 1], b: { c: null }, d: true, e: null })).toBe(
      'a=x&a=1&b=%7B%22c%22%3Anull%7D&d=true&e=null',
    );
  });
});
