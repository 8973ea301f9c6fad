import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writeCode } from '../../../../libs/mintlify-docs-emulator/src/client/api/code-writer.js';
import { filledRequest } from '../../../../libs/mintlify-docs-emulator/src/client/api/filled-request.js';
import { sendRequest } from '../../../../libs/mintlify-docs-emulator/src/relay/relay-client.js';
import type { Operation } from '../../../../libs/mintlify-docs-emulator/src/shared/operation-types.js';
import type { PlaygroundValues } from '../../../../libs/mintlify-docs-emulator/src/shared/playground-types.js';
import { fetchBody } from '../../../../libs/mintlify-docs-emulator/src/shared/request-body.js';
import { buildRequest } from '../../../../libs/mintlify-docs-emulator/src/shared/request-builder.js';
import { BEARER, keyIn, operationOf, parameterOf, serverOf, valuesOf } from './operation-helper.js';
import { readCurl, readJavaScript, readPython } from './written-code-helper.js';
import type { WrittenRequest } from './written-code-helper.js';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

const hostile = fc.constantFrom(
  "'", '"', '\\', '`', '$(exit 3)', '${1}', "\\'", '"""', '@/etc/hostname', '-o', '=', '&', '#', '?', '%2F', '../x',
  'ü', 'ß水', '<x>', ';type=a/b', '{a,b}', '[1-3]', ',', '|', ' ', '+', 'a: true, b', 'None', '{"a":1,"b":[2]}', '["x",2]',
); // prettier-ignore
const text = fc
  .array(fc.oneof(hostile, fc.string({ maxLength: 4 })), { maxLength: 3 })
  .map((parts) => parts.join('').replaceAll(/[\0\r\n]|\p{Surrogate}/gu, ''));
const latin = text.map((value) => value.replaceAll(/\p{C}|[^\u{20}-\u{ff}]/gu, ''));
const name = fc.constantFrom('id', 'q', 'X-Trace', 'x-trace', 'tags', 'filter', 'a.b', 'sid', 'X-Key');
const summary = fc.constantFrom('string', 'integer', 'string[]', 'object').map((type) => ({ type }));
const style = fc.constantFrom('form', 'simple', 'deepObject', 'pipeDelimited', 'spaceDelimited', undefined);
const parameters = fc.uniqueArray(
  fc.record({
    in: fc.constantFrom('query', 'header', 'cookie'),
    name,
    summary,
    style,
    explode: fc.boolean(),
  }),
  { maxLength: 5, selector: (each) => `${each.in} ${each.name}` },
);
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value, null, 2));
const fields = fc.dictionary(text.filter((key) => key !== ''), fc.oneof(text, fc.integer(), fc.array(text, { maxLength: 2 })), { maxKeys: 3 }); // prettier-ignore
const file = fc.record({
  field: fc.constantFrom('photo', 'a b', 'q"'),
  name: text.filter((value) => value !== '' && !value.includes('/')),
  mediaType: fc.constantFrom('', 'image/png', 'no type'),
  base64: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64')),
});
const body = fc.oneof(
  fc.record({
    mediaType: fc.constant('application/json'),
    body: fc.oneof(json, fc.constant('{ "a": 1e400 }')),
  }),
  fc.record({ mediaType: fc.constant('text/plain'), body: text }),
  fc.record({ mediaType: fc.constant(FORM), body: fields.map((form) => JSON.stringify(form)) }),
  fc.record({
    mediaType: fc.constant(MULTIPART),
    body: fields.map((form) => JSON.stringify(form)),
    files: fc.array(file, { maxLength: 2 }),
  }),
  fc.record({ mediaType: fc.constant('image/png'), files: fc.array(file, { minLength: 1, maxLength: 1 }) }),
);
const securities = [[], [BEARER], [{ ...BEARER, httpScheme: 'basic', prefix: 'Basic ' }], [keyIn('query', 'q')], [keyIn('header', 'X-Key'), keyIn('cookie', 'sid')]]; // prettier-ignore

interface Case {
  operation: Operation;
  values: PlaygroundValues;
}

const cases = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
    path: fc.constantFrom('/plants', '/plants/{id}', '/{id}/x.{format}', "/it's/{id}"),
    given: parameters,
    texts: fc.array(latin, { minLength: 12, maxLength: 12 }),
    sent: body,
    securityIndex: fc.nat({ max: securities.length - 1 }),
  })
  .map(({ method, path, given, texts, sent, securityIndex }): Case => {
    const values = valuesOf({ securityIndex, ...sent, path: {}, query: {}, header: {}, cookie: {} });
    const next = (): string => texts.pop() ?? '';
    for (const each of ['id', 'format']) values.path[each] = next() || 'x';
    for (const each of given) values[each.in as 'query'][each.name] = next();
    for (const each of securities[securityIndex] ?? []) values[each.in][each.name] = next();
    const bodies = [sent.mediaType].map((mediaType) => ({ mediaType, examples: [] }));
    const operation = operationOf({
      method: method as Operation['method'],
      path,
      parameters: given.map(({ in: place, name: own, style: written, ...rest }) =>
        parameterOf(place as 'query', own, { ...rest, ...(written !== undefined && { style: written }) }),
      ),
      security: securities.map((all) => ({ fields: all })),
      requestBody: { required: false, bodies },
    });
    return { operation, values };
  });

/** What arrives at a server, without what each program adds. */
interface Arrived {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

describe('the code of a request', () => {
  let server: Server;
  let origin: string;
  let last: Arrived | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void arrive(request, Buffer.concat(chunks)).then(() => response.end()));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, 'localhost', resolve);
    });
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function arrive(request: IncomingMessage, bytes: Buffer): Promise<void> {
    const { method = '', url = '', headers } = request;
    const sent = await readBody(bytes, headers['content-type'] ?? '');
    last = { method, url, headers: ownHeaders(headers), body: sent };
  }

  /** Sends what the code says, by `fetch`, with the files of the request. */
  async function send(written: WrittenRequest, values: PlaygroundValues): Promise<Arrived | undefined> {
    const { method, url, headers } = written;
    const base64Of = (path: string): string =>
      values.files?.find((each) => each.name === path.replace(/^\.\//, ''))?.base64 ?? assert.fail(path);
    const given = written.body;
    const payload =
      given === undefined || typeof given === 'string'
        ? given
        : Array.isArray(given)
          ? given.map(([part = '', value = '', fileName, mediaType = '']) =>
              fileName === undefined
                ? { name: part, value }
                : { name: part, file: { name: fileName, mediaType, base64: base64Of(value) } },
            )
          : { name: '', mediaType: '', base64: base64Of(given.path) };
    last = undefined;
    await fetch(url, { method, headers, ...(payload !== undefined && { body: fetchBody(payload) }) });
    return last;
  }

  it('sends what the playground sends, in each language, for all operations and values', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ({ operation: given, values }) => {
        const operation = { ...given, servers: [serverOf(`${origin}/v1`)] };
        const built = buildRequest(operation, values);
        if ('problem' in built) return;
        last = undefined;
        await sendRequest(built, { signal: new AbortController().signal });
        const sent = last;
        assert.ok(sent);
        for (const { language, code } of writeCode(built)) {
          const read = { bash: readCurl, javascript: readJavaScript, python: readPython }[language];
          assert.deepEqual(await send(await read(code), values), sent, code);
          compared += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it('is that of the example, which has placeholders for secrets alone', () => {
    fc.assert(
      fc.property(cases, ({ operation, values }) => {
        const open = { ...operation, security: [] };
        const built = buildRequest(open, values);
        const example = filledRequest(open, values);
        if ('problem' in built) return assert.equal(example, undefined);
        const { target: _, ...request } = built;
        const codes = [writeCode(request), writeCode(example ?? assert.fail())];
        assert.deepEqual(codes[1], codes[0]);
      }),
      { numRuns: 200 },
    );
    const secret = valuesOf({ securityIndex: 1, header: { Authorization: 'secret' } });
    const operation = operationOf({
      path: '/plants/{id}',
      parameters: [parameterOf('path', 'id'), parameterOf('query', 'at', { required: true })],
      security: securities.map((all) => ({ fields: all })),
    });
    expect(filledRequest(operation, secret)).toEqual({
      method: 'GET',
      url: 'https://api.foo.com/v1/plants/{id}?at=<at>',
      headers: [['Authorization', 'Bearer <token>']],
    });
    expect(
      JSON.stringify(filledRequest(operation, { ...secret, securityIndex: 3, query: { q: 'secret' } })),
    ).not.toContain('secret');
  });
});

/** Those of a program itself say nothing of the request. */
const OWN =
  /^(?:host|connection|user-agent|accept|accept-encoding|accept-language|sec-fetch-.*|content-length|transfer-encoding)$/;

function ownHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([each]) => !OWN.test(each));
  return Object.fromEntries(kept.map(([each, value]) => [each, String(value).replace(/; *boundary=.*/, '')]));
}

/** Values of JSON, parts of a form, or bytes. */
async function readBody(bytes: Buffer, type: string): Promise<unknown> {
  if (type === 'application/json') return tryJson(bytes.toString());
  if (!type.startsWith(MULTIPART) || bytes.length === 0) return bytes.toString('latin1');
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const parts = [...form].map(async ([part, value]) =>
    typeof value === 'string'
      ? [part, value]
      : [part, value.name, value.type, Buffer.from(await value.arrayBuffer()).toString('hex')],
  );
  return Promise.all(parts);
}

function tryJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
