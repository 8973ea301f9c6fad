import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { buildRequest } from '../../../../libs/mintlify-docs-emulator/src/shared/request-builder.js';
import { resolveServer } from '../../../../libs/mintlify-docs-emulator/src/shared/server-url.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { BEARER, keyIn, operationOf, parameterOf, serverOf, valuesOf } from './operation-helper.js';

/** What breaks out of a URL where it is not expected. */
const HOSTILE = [
  '..', '.', '../..', '..%2f', '%2e%2e', '%2E%2e%2F', '.%2e', '/', '//evil.example', '\\', '\\\\evil.example', '..\\',
  '@evil.example', ':80', ':@evil.example', '?a=b', '#a', '%00', '\0', '\r\nHost: evil.example', '\t', '\n', ' ', '', ';',
  '.evil.example', 'evil.example', 'evil.example/', 'evil.example#', 'evil.example?', 'a.b', '-', '127.0.0.1', '[::1]',
  '169.254.169.254', '0x7f.1', '{x}', '{', '}', '\u{E000}0\u{E001}', '。', '．', '／', '＠', '℀', '\u{D800}', 'ß', 'é',
  '80@evil.example', '80#', '80/', '080', '99999', 'javascript:', 'file:///etc/passwd', 'http://evil.example',
  '__proto__', 'constructor', '%', '%zz', '%25', '..;', '..;/',
]; // prettier-ignore
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.constantFrom(...HOSTILE, 'a', 'v1'), { minLength: 2, maxLength: 4 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

describe('the server of a request', () => {
  it.each([
    ['https://api.foo.com/v1/', [], {}, 'https://api.foo.com/v1'],
    ['http://localhost:{port}', ['port=3000'], {}, 'http://localhost:3000'],
    ['http://localhost:{port}', ['port=3000'], { port: '41234' }, 'http://localhost:41234'],
    ['https://{tenant}.foo.com', ['tenant=demo'], { tenant: 'acme' }, 'https://acme.foo.com'],
    ['https://api-{tenant}.foo.com', ['tenant=demo'], { tenant: 'acme' }, 'https://api-acme.foo.com'],
    ['https://{tenant}-eu.foo.com', ['tenant=demo'], { tenant: 'acme' }, 'https://acme-eu.foo.com'],
    [
      'https://{region}',
      ['region=eu.foo.com:eu.foo.com|us.foo.com'],
      { region: 'us.foo.com' },
      'https://us.foo.com',
    ],
    ['{baseUrl}/v1', ['baseUrl=https://foo.com/api'], {}, 'https://foo.com/api/v1'],
    ['https://foo.com/{base}', ['base=v1'], { base: 'v2.1' }, 'https://foo.com/v2.1'],
    ['https://[::1]:{port}/', ['port=80'], { port: '81' }, 'http://[::1]:81'.replace('http:', 'https:')],
  ])('%s with %j and %j is %s', (url, variables, values, expected) => {
    const target = resolveServer(serverOf(url, ...variables), values);
    expect('problem' in target ? target : target.origin + target.basePath).toBe(expected);
  });

  it.each([
    ['https://{tenant}.foo.com', ['tenant=demo'], { tenant: 'a.b' }, 'tenant must be letters'],
    [
      'https://{tenant}.foo.com',
      ['tenant=demo:demo|test'],
      { tenant: 'acme' },
      'tenant must be one of: demo, test.',
    ],
    ['https://{host}', ['host=api.foo.com'], { host: 'evil.example' }, 'whole host'],
    ['https://api.{domain}', ['domain=foo.com'], { domain: 'evil' }, 'whole host'],
    ['https://{tenant}.com', ['tenant=foo'], { tenant: 'evil' }, 'whole host'],
    ['{baseUrl}', ['baseUrl=https://foo.com'], { baseUrl: 'https://evil.example' }, 'cannot be used'],
    ['{scheme}://foo.com', ['scheme=https'], { scheme: 'http' }, 'cannot be used'],
    ['http://localhost:{port}', ['port=3000'], { port: '80@evil.example' }, 'port must be a port'],
    ['https://foo.com/{base}', ['base=v1'], { base: '..' }, 'base must be'],
    ['https://{tenant}.foo.com', ['tenant='], {}, 'needs a value for tenant'],
    ['/v1', [], {}, 'Write an absolute'],
    ['//foo.com', [], {}, 'Write an absolute'],
    ['ftp://foo.com', [], {}, 'Write an absolute'],
    ['https://user:pass@foo.com', [], {}, 'Write an absolute'],
    ['https://foo.com/?key=1', [], {}, 'Write an absolute'],
    ['https://foo.com/v1/../..', [], {}, 'Write an absolute'],
    ['https://foo.com\\@evil.example', [], {}, 'Write an absolute'],
  ])('%s with %j is refused for %j', (url, variables, values, problem) => {
    expect(resolveServer(serverOf(url, ...variables), values)).toEqual(
      expect.objectContaining({ problem: expect.stringContaining(problem) }),
    );
  });

  it('is named by the spec only while no typed value is part of the host', () => {
    const isNamed = (url: string, variable: string, value: string) => {
      const target = resolveServer(serverOf(url, variable), { it: value });
      return 'problem' in target ? target.problem : target.isNamed;
    };
    expect(isNamed('http://localhost:{it}', 'it=80', '81')).toBe(true);
    expect(isNamed('https://{it}.foo.com', 'it=demo', 'demo')).toBe(true);
    expect(isNamed('https://{it}.foo.com', 'it=demo', 'acme')).toBe(false);
    expect(isNamed('http://{it}.localhost', 'it=demo', 'acme')).toBe(true);
  });

  it('never leaves the fixed parts of its template, whatever is typed', () => {
    const template = 'https://{sub}.api.foo.com:{port}/base/{version}/x';
    const server = serverOf(template, 'sub=demo', 'port=443', 'version=v1');
    fc.assert(
      fc.property(hostile, hostile, hostile, (sub, port, version) => {
        const target = resolveServer(server, { sub, port, version });
        if ('problem' in target) return;
        expect(`${target.origin}${target.basePath}`).toMatch(
          /^https:\/\/[a-z\d-]+\.api\.foo\.com(?::\d+)?\/base\/[\w.~-]+\/x$/,
        );
      }),
      propertyRuns(100),
    );
  });
});

describe('the request of an operation', () => {
  const rich = operationOf({
    method: 'POST',
    path: '/plants/{id}/parts/{part}.{format}',
    parameters: [
      parameterOf('path', 'id'),
      parameterOf('path', 'part'),
      parameterOf('query', 'q'),
      parameterOf('query', 'tags', { summary: { type: 'string[]' } }),
      parameterOf('header', 'X-Trace'),
      parameterOf('cookie', 'theme'),
    ],
    security: [{ fields: [BEARER] }, { fields: [keyIn('query', 'key'), keyIn('cookie', 'sid')] }],
    requestBody: { required: false, bodies: [{ mediaType: 'application/json', examples: [] }] },
  });

  it('has the values where the operation has them, encoded', () => {
    const path = { id: 'a/b?c', part: 'ä', format: 'json' };
    const built = buildRequest(
      rich,
      valuesOf({
        path,
        query: { q: "x&y='1'", tags: 'new, hot', other: 'dropped' },
        header: { 'X-Trace': ' 1 ', Authorization: 'abc', 'X-Other': 'dropped' },
        cookie: { theme: 'dark;x', other: 'dropped' },
        mediaType: 'application/json',
        body: '{"a":1}',
      }),
    );
    expect(built).toMatchObject({
      method: 'POST',
      url: 'https://api.foo.com/v1/plants/a%2Fb%3Fc/parts/%C3%A4.json?q=x%26y%3D%271%27&tags=new&tags=hot',
      headers: [
        ['X-Trace', '1'],
        ['Authorization', 'Bearer abc'],
        ['Cookie', 'theme=dark%3Bx'],
        ['Content-Type', 'application/json'],
      ],
      body: '{"a":1}',
    });
    const other = buildRequest(
      rich,
      valuesOf({
        path,
        securityIndex: 1,
        query: { key: 'k' },
        cookie: { sid: 's' },
        header: { Authorization: 'abc' },
      }),
    );
    expect(other).toMatchObject({
      url: 'https://api.foo.com/v1/plants/a%2Fb%3Fc/parts/%C3%A4.json?key=k',
      headers: [['Cookie', 'sid=s']],
    });
  });

  it.each([
    ['Bearer abc', 'Bearer abc'],
    ['bearer abc', 'bearer abc'],
    ['bearerabc', 'Bearer bearerabc'],
    ['  ', undefined],
  ])('writes the bearer token %j as %j', (Authorization, expected) => {
    const built = buildRequest(
      operationOf({ security: [{ fields: [BEARER] }] }),
      valuesOf({ header: { Authorization } }),
    );
    expect('problem' in built ? built : Object.fromEntries(built.headers)['Authorization']).toBe(expected);
  });

  it('encodes a name and a password', () => {
    const basic = { ...BEARER, httpScheme: 'basic', prefix: 'Basic ' };
    const built = buildRequest(
      operationOf({ security: [{ fields: [basic] }] }),
      valuesOf({ header: { Authorization: 'ada:pä' } }),
    );
    const expected = `Basic ${Buffer.from('ada:pä').toString('base64')}`;
    expect(built).toMatchObject({ headers: [['Authorization', expected]] });
  });

  it.each([
    ['deepObject', true, '{"a":1,"b":"x"}', '?filter%5Ba%5D=1&filter%5Bb%5D=x'],
    ['form', true, '{"a":1}', '?a=1'],
    ['form', false, '{"a":1,"b":2}', '?filter=a%2C1%2Cb%2C2'],
    [undefined, undefined, 'no JSON', '?filter=no%20JSON'],
  ])('writes objects in the style %s, explode %s', (style, explode, filter, expected) => {
    const parameter = parameterOf('query', 'filter', {
      summary: { type: 'object' },
      ...(style !== undefined && { style, explode: explode ?? true }),
    });
    const built = buildRequest(operationOf({ parameters: [parameter] }), valuesOf({ query: { filter } }));
    expect(built).toMatchObject({ url: `https://api.foo.com/v1/plants${expected}` });
  });

  it.each([
    [{ path: '/plants/{id}' }, {}, 'Enter a value for id'],
    [{ path: '/plants/{id}' }, { path: { id: '..' } }, '`.` or `..`'],
    [{ path: '/{a}{b}/x' }, { path: { a: '.', b: '.' } }, '`.` or `..`'],
    [{ path: '/plants?x=1' }, {}, 'have no query'],
    [{ path: '/a/../b' }, {}, '`.` or `..`'],
    [{ path: '\\\\evil.example' }, {}, 'start with /'],
    [{ method: 'TRACE' as const }, {}, 'TRACE operations cannot be sent'],
    [{ method: 'WEBHOOK' as const }, {}, 'cannot be sent'],
    [{ servers: [] }, {}, 'has no server'],
    [{ parameters: [parameterOf('header', 'Host')] }, { header: { Host: 'evil' } }, 'Host cannot be sent'],
    [
      { parameters: [parameterOf('header', 'Sec-Fetch-Site')] },
      { header: { 'Sec-Fetch-Site': 'x' } },
      'cannot be sent',
    ],
    [{ parameters: [parameterOf('header', 'X')] }, { header: { X: 'a\r\nB: c' } }, 'no header can have'],
    [{ parameters: [parameterOf('cookie', 'a;b')] }, { cookie: { 'a;b': 'x' } }, 'not the name of a cookie'],
  ])('%j with %j is refused: %s', (operation, values, problem) => {
    const built = buildRequest(operationOf(operation), valuesOf(values));
    expect('problem' in built ? built.problem : undefined).toContain(problem);
  });

  it.each([
    ['application/json', '{', 'The body is not valid JSON.'],
    ['application/json', ' ', 'Enter a body'],
    ['application/xml', '<a/>', 'no body of this media type'],
    ['multipart/mixed', '{}', 'cannot send multipart/mixed'],
    ['multipart/form-data', '[]', 'Write the form as a JSON object.'],
    ['multipart/form-data', '', 'Enter a body'],
    ['application/x-www-form-urlencoded', '[]', 'Write the form as a JSON object.'],
  ])('a body of %s that is %j is refused: %s', (mediaType, body, problem) => {
    const types = [
      'application/json',
      'multipart/form-data',
      'multipart/mixed',
      'application/x-www-form-urlencoded',
    ];
    const requestBody = { required: true, bodies: types.map((each) => ({ mediaType: each, examples: [] })) };
    const built = buildRequest(operationOf({ method: 'POST', requestBody }), valuesOf({ mediaType, body }));
    expect(built).toEqual({ place: 'body', problem: expect.stringContaining(problem) });
  });

  it('writes a form', () => {
    const mediaType = 'application/x-www-form-urlencoded';
    const requestBody = { required: true, bodies: [{ mediaType, examples: [] }] };
    const body = '{"a":"x&y","n":1}';
    const built = buildRequest(operationOf({ method: 'POST', requestBody }), valuesOf({ mediaType, body }));
    expect(built).toMatchObject({ body: 'a=x%26y&n=1' });
  });

  it('writes the parts of a form, with its files', () => {
    const mediaType = 'multipart/form-data';
    const operation = operationOf({
      method: 'POST',
      requestBody: { required: true, bodies: [{ mediaType, examples: [] }] },
    });
    const file = { name: 'fern.png', mediaType: 'image/png', base64: 'YQ==' };
    const files = [
      { field: 'photo', ...file },
      { field: 'photo', ...file, mediaType: 'image/png\r\nX: y' },
    ];
    const body = '{"title":"Fern","tag":["a","b"],"place":{"room":1}}';
    expect(buildRequest(operation, valuesOf({ mediaType, body, files }))).toMatchObject({
      headers: [['Content-Type', mediaType]],
      body: [
        { name: 'title', value: 'Fern' },
        { name: 'tag', value: 'a' },
        { name: 'tag', value: 'b' },
        { name: 'place', value: '{"room":1}' },
        { name: 'photo', file },
        { name: 'photo', file: { ...file, mediaType: '' } },
      ],
    });
    expect(buildRequest(operation, valuesOf({ mediaType, files }))).toMatchObject({
      body: [
        { name: 'photo', file },
        { name: 'photo', file: { ...file, mediaType: '' } },
      ],
    });
  });

  it('has a file as its whole body', () => {
    const mediaType = 'application/octet-stream';
    const requestBody = { required: true, bodies: [{ mediaType, examples: [] }] };
    const file = { name: 'fern.png', mediaType: 'image/png', base64: 'YQ==' };
    const files = [{ field: '', ...file }];
    expect(
      buildRequest(operationOf({ method: 'PUT', requestBody }), valuesOf({ mediaType, files })),
    ).toMatchObject({ headers: [['Content-Type', mediaType]], body: file });
  });

  it('never leaves the origin and base path of its server, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 9, maxLength: 9 }),
        ([id = '', part = '', format = '', ...rest]) => {
          const [q = '', tags = '', trace = '', theme = '', authorization = '', key = ''] = rest;
          for (const securityIndex of [0, 1, -1]) {
            const built = buildRequest(
              rich,
              valuesOf({
                securityIndex,
                path: { id, part, format },
                query: { q, tags, key },
                header: { 'X-Trace': trace, Authorization: authorization },
                cookie: { theme, sid: key },
              }),
            );
            if ('problem' in built) continue;
            const url = new URL(built.url);
            assert.equal(url.origin, 'https://api.foo.com');
            // As the template has it: as many parts, none of which is empty.
            assert.match(url.pathname, /^\/v1\/plants\/[^/]+\/parts\/[^/]+$/);
            assert.equal(built.url.slice('https://api.foo.com'.length), url.pathname + url.search);
            assert.match(built.url, /^[\x21-\x7e]+$/);
            assert.equal(url.hash + url.username + url.password, '');
            for (const [name, value] of built.headers) {
              assert(['X-Trace', 'Authorization', 'Cookie', 'Content-Type'].includes(name), name);
              assert.doesNotMatch(value, /[\r\n\0]/);
            }
          }
        },
      ),
      propertyRuns(300),
    );
  });

  it('never leaves the origin and base path of its server, whatever the spec has as a path', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (before, after, x) => {
        const built = buildRequest(
          operationOf({ path: `/${before}/{x}${after}` }),
          valuesOf({ path: { x } }),
        );
        if ('problem' in built) return;
        const url = new URL(built.url);
        assert.equal(url.origin, 'https://api.foo.com');
        assert(url.pathname.startsWith('/v1/'), url.pathname);
        assert.equal(url.search + url.hash, '');
      }),
      propertyRuns(300),
    );
  });
});
