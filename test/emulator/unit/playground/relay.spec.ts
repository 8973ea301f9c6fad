import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { RelayEndpoint } from '../../../../libs/mintlify-docs-emulator/src/http/relay-endpoint.js';
import type { RelayContext } from '../../../../libs/mintlify-docs-emulator/src/http/relay-endpoint.js';
import { sendReply } from '../../../../libs/mintlify-docs-emulator/src/http/reply.js';
import type { Operation } from '../../../../libs/mintlify-docs-emulator/src/shared/operation-types.js';
import type { PlaygroundSettings } from '../../../../libs/mintlify-docs-emulator/src/shared/playground-types.js';
import { siteAddress } from '../../../../libs/mintlify-docs-emulator/src/site/site-address.js';
import { BEARER, operationOf, parameterOf, serverOf, valuesOf } from './operation-helper.js';

const FROM_DOCS = { 'X-Docs-Emulator': 'relay', 'Sec-Fetch-Site': 'same-origin' };

describe('the relay', () => {
  const requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const operations = new Map<string, Operation>();
  let lastBody: Buffer;
  let respond: (request: IncomingMessage, response: ServerResponse) => void;
  let api: Server;
  let docs: Server;
  let origin: string;
  let settings: PlaygroundSettings;
  let options: RelayContext['options'];

  beforeAll(async () => {
    api = await listen((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        lastBody = Buffer.concat(chunks);
        requests.push({ method, url, headers, body: lastBody.toString() });
        respond(incoming, response);
      });
    });
    origin = `http://localhost:${portOf(api)}`;
    const relay = new RelayEndpoint();
    docs = await listen((incoming, response) => {
      const context: RelayContext = {
        address: siteAddress({ host: 'localhost', port: 3001, basePath: '' }),
        settings: async () => settings,
        findOperation: async (page) => operations.get(page),
        ...(options && { options }),
      };
      void relay.answer(incoming, context).then((reply) => sendReply(incoming, response, reply, {}));
    });
  });

  afterAll(() => {
    for (const server of [api, docs]) {
      server.closeAllConnections();
      server.close();
    }
  });

  beforeEach(() => {
    requests.length = 0;
    settings = { display: 'interactive', isDirect: false, isPrefilled: false };
    options = undefined;
    respond = (_, response) => response.setHeader('Content-Type', 'application/json').end('{"ok":true}');
    operations.clear();
    add('/list', {
      method: 'POST',
      path: '/plants/{id}',
      parameters: [parameterOf('path', 'id')],
      security: [{ fields: [BEARER] }],
      requestBody: { required: false, bodies: [{ mediaType: 'application/json', examples: [] }] },
    });
  });

  const add = (page: string, given: Partial<Operation>) =>
    operations.set(page, operationOf({ servers: [serverOf(`${origin}/v1`)], ...given }));
  const order = (values = {}, page = '/list') => ({
    page,
    values: valuesOf({ path: { id: 'fern' }, ...values }),
  });
  const send = (body: object = order(), headers: Record<string, string> = FROM_DOCS) =>
    request(docs).post('/').set(headers).send(body);

  it('sends the request of the operation, and answers what the API responds', async () => {
    respond = (_, response) => {
      response.writeHead(201, 'Grown', [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['X-Plant', 'fern'],
        ['X-Plant', 'moss'],
        ['Set-Cookie', 'session=secret'],
        ['Keep-Alive', 'timeout=5'],
        ['Connection', 'close, X-Hop'],
        ['X-Hop', '1'],
      ] as unknown as string[]);
      response.end('{"name":"fern"}');
    };
    const values = { header: { Authorization: 'abc' }, mediaType: 'application/json', body: '{"a":1}' };
    const { body } = await send(order(values), { ...FROM_DOCS, Cookie: 'docs-session-3001=secret' }).expect(
      200,
    );
    expect(body.response).toEqual({
      status: 201,
      statusText: 'Grown',
      headers: expect.arrayContaining([
        ['Content-Type', 'application/json; charset=utf-8'],
        ['X-Plant', 'fern'],
        ['X-Plant', 'moss'],
      ]),
      durationMs: expect.any(Number),
      mediaType: 'application/json',
      body: { text: '{"name":"fern"}' },
    });
    expect(JSON.stringify(body)).not.toMatch(/secret|Hop|timeout=5|Connection/);
    const [sent] = requests;
    expect(sent).toMatchObject({ method: 'POST', url: '/v1/plants/fern', body: '{"a":1}' });
    expect(sent?.headers).toEqual({
      host: new URL(origin).host,
      connection: 'close',
      'user-agent': 'mintlify-docs-emulator',
      'accept-encoding': 'identity',
      accept: '*/*',
      authorization: 'Bearer abc',
      'content-type': 'application/json',
      'content-length': '7',
    });
  });

  it.each([
    ['without its header', { 'Sec-Fetch-Site': 'same-origin' }],
    ['of a page of another origin', { ...FROM_DOCS, 'Sec-Fetch-Site': 'cross-site' }],
    ['of a page of another port', { ...FROM_DOCS, 'Sec-Fetch-Site': 'same-site' }],
    ['of the address bar', { ...FROM_DOCS, 'Sec-Fetch-Site': 'none' }],
    ['with another origin', { 'X-Docs-Emulator': 'relay', Origin: 'http://evil.example', Host: 'localhost' }],
    ['without any origin', { 'X-Docs-Emulator': 'relay' }],
    ['with a host name that is not ours', { ...FROM_DOCS, Host: 'rebound.example:3001' }],
  ])('refuses a request %s', async (_, headers) => {
    const { body } = await send(order(), headers).expect(403);
    expect(body.refusal.code).toBe('origin');
    expect(requests).toEqual([]);
  });

  it('refuses preflights, other methods and other bodies', async () => {
    await request(docs).options('/').set(FROM_DOCS).expect(405);
    await request(docs).get('/').set(FROM_DOCS).expect(405);
    await send({ page: '/list' }).expect(400);
    await send({ page: '/list', values: { ...valuesOf(), path: { id: 1 } } }).expect(400);
    await send({ page: '/list', values: { ...valuesOf(), serverIndex: 1.5 } }).expect(400);
    await request(docs).post('/').set(FROM_DOCS).type('text').send('{}').expect(415);
    await send({ page: '/list', values: { ...valuesOf(), files: [{ field: 'a' }] } }).expect(400);
    const file = { field: 'photo', name: 'fern.png', mediaType: 'image/png', base64: 'YQ' };
    await send(order({ files: [file] })).expect(400);
    await send(order({ files: [{ ...file, base64: '!!!!' }] })).expect(400);
    await send(order({ body: 'x'.repeat(8_200_000) })).expect(413);
    expect(requests).toEqual([]);
  });

  it('refuses pages that have no operation for this visitor, values that cannot be sent, and other servers', async () => {
    expect((await send(order({}, '/hidden')).expect(404)).body.refusal.code).toBe('operation');
    expect((await send(order({ path: { id: '..' } })).expect(422)).body.refusal.message).toMatch(
      /`\.` or `\.\.`/,
    );
    expect((await send(order({ serverIndex: 1 })).expect(422)).body.refusal.message).toMatch(/no server/);
    expect(requests).toEqual([]);
  });

  it.each(['none', 'simple'] as const)(
    'refuses all requests if docs.json has the display %s',
    async (display) => {
      settings = { ...settings, display };
      expect((await send().expect(403)).body.refusal.code).toBe('display');
      expect(requests).toEqual([]);
    },
  );

  it('sends the parts of a form and its files byte by byte, and a file as the whole body', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const file = { name: 'fern "1".png', mediaType: 'image/png', base64: bytes.toString('base64') };
    const bodies = ['multipart/form-data', 'image/png'].map((mediaType) => ({ mediaType, examples: [] }));
    const requestBody = { required: true, bodies };
    add('/list', { method: 'POST', path: '/plants', requestBody });
    const received: { type: string; bytes: Buffer }[] = [];
    respond = ({ headers }, response) => {
      received.push({ type: headers['content-type'] ?? '', bytes: lastBody });
      response.end();
    };
    const form = { mediaType: 'multipart/form-data', body: '{"title":"Fern"}' };
    await send(order({ ...form, files: [{ field: 'photo', ...file }] })).expect(200);
    await send(order({ mediaType: 'image/png', files: [{ field: '', ...file }] })).expect(200);
    const [parts, whole] = received;
    const read = new Response(new Uint8Array(parts?.bytes ?? []), {
      headers: { 'content-type': parts?.type ?? '' },
    });
    const sent = await read.formData();
    const photo = sent.get('photo') as File;
    expect([...sent.keys()]).toEqual(['title', 'photo']);
    expect([sent.get('title'), photo.name, photo.type]).toEqual(['Fern', file.name, 'image/png']);
    expect(Buffer.from(await photo.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole).toEqual({ type: 'image/png', bytes });
  });

  it('shows a redirect and does not follow it', async () => {
    respond = (_, response) => response.writeHead(302, { Location: `${origin}/elsewhere` }).end();
    const { body } = await send().expect(200);
    expect(body.response).toMatchObject({
      status: 302,
      headers: expect.arrayContaining([['Location', `${origin}/elsewhere`]]),
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a name of the spec at a private address', serverOf('http://api.foo.com'), '10.0.0.1'],
    ['a name of the spec at this machine', serverOf('http://api.foo.com'), '127.0.0.1'],
    ['cloud metadata, even if the spec names it', serverOf('http://169.254.169.254'), '169.254.169.254'],
    ['cloud metadata, however it is written', serverOf('http://0xa9fea9fe'), '169.254.169.254'],
    ['every interface', serverOf('http://[::]'), '::'],
  ])('does not connect to %s', async (_, server, address) => {
    options = { resolve: async () => [{ address, family: 4 }] };
    add('/list', { servers: [server] });
    const { body } = await send().expect(502);
    expect(body.refusal).toEqual({ code: 'address', message: expect.stringContaining(`is at ${address}`) });
    expect(requests).toEqual([]);
  });

  it('connects to the address that it checked: it asks the name server once', async () => {
    let count = 0;
    const resolve = jest.fn(async () => {
      count += 1;
      return [{ address: count === 1 ? '203.0.113.1' : '127.0.0.1', family: 4 }];
    });
    options = { resolve, limits: { timeMs: 300, responseBytes: 1_000 } };
    add('/list', { servers: [serverOf(`http://rebound.foo.com:${portOf(api)}`)] });
    await send().expect(502);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(requests).toEqual([]);
  });

  it('cuts a body that is too large, also after unpacking it', async () => {
    options = { limits: { timeMs: 30_000, responseBytes: 1_000 } };
    respond = (_, response) => response.setHeader('Content-Type', 'text/plain').end('x'.repeat(100_000));
    const plain = (await send().expect(200)).body.response;
    expect([plain.body.text.length, plain.cut]).toEqual([1_000, 'size']);
    respond = (_, response) =>
      response
        .setHeader('Content-Encoding', 'gzip')
        .setHeader('Content-Type', 'text/plain')
        .end(gzipSync(Buffer.alloc(5_000_000, 'y')));
    const packed = (await send().expect(200)).body.response;
    expect([packed.body.text, packed.cut]).toEqual(['y'.repeat(1_000), 'size']);
  });

  it('ends a request that takes too long, and shows what came until then', async () => {
    options = { limits: { timeMs: 300, responseBytes: 1_000 } };
    respond = (_, response) => response.setHeader('Content-Type', 'text/event-stream').write('data: 1\n\n');
    const { body } = await send().expect(200);
    expect(body.response).toMatchObject({ body: { text: 'data: 1\n\n' }, cut: 'time' });
    respond = () => undefined;
    const silent = await send().expect(502);
    expect(silent.body.refusal).toEqual({
      code: 'time',
      message: 'The API did not respond within 0.3 seconds.',
    });
  });

  it('ends the request to the API when the visitor leaves', async () => {
    const left = new Promise<void>((resolve) => {
      respond = (incoming) => {
        incoming.socket.once('close', () => resolve());
        visitor.abort();
      };
    });
    const visitor = send();
    visitor.on('error', () => undefined).end(() => undefined);
    await expect(left).resolves.toBeUndefined();
  });

  it('says that the API does not run', async () => {
    add('/list', { servers: [serverOf('http://localhost:1')] });
    const { body } = await send().expect(502);
    expect(body.refusal.message).toBe(
      'The API at http://localhost:1 refused the connection. Check that it is running.',
    );
  });

  it('runs eight requests at once, and no more', async () => {
    const waiting: ServerResponse[] = [];
    const full = new Promise<void>((resolve) => {
      respond = (_, response) => {
        if (waiting.push(response) === 8) resolve();
      };
    });
    const first = Array.from({ length: 8 }, () => send().then(({ status }) => status));
    await full;
    expect((await send().expect(503)).headers['retry-after']).toBe('1');
    for (const response of waiting) response.end();
    expect(await Promise.all(first)).toEqual(Array.from({ length: 8 }, () => 200));
    respond = (_, response) => response.end();
    await send().expect(200);
  });

  it('answers what is no text as base64', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]);
    respond = (_, response) => response.setHeader('Content-Type', 'image/png').end(png);
    expect((await send().expect(200)).body.response).toMatchObject({
      mediaType: 'image/png',
      body: { base64: png.toString('base64') },
    });
  });

  it('writes nothing to the terminal', async () => {
    const spies = [
      jest.spyOn(process.stdout, 'write').mockReturnValue(true),
      jest.spyOn(process.stderr, 'write').mockReturnValue(true),
    ];
    try {
      await send(order({ header: { Authorization: 'secret' } })).expect(200);
      add('/list', { servers: [serverOf('http://localhost:1')], security: [{ fields: [BEARER] }] });
      const { text } = await send(order({ header: { Authorization: 'secret' } })).expect(502);
      expect(text).not.toContain('secret');
      for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
