import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { beforeHead } from '../../../../libs/mintlify-personalization/src/http/response-head.js';

/** What a client receives of an answer. */
async function receive(answer: (response: ServerResponse) => void): Promise<IncomingHttpHeaders> {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sent = request({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    agent: false,
  }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  server.close();
  return { ...response.headers, ':status': String(response.statusCode) };
}

/** Sets one header, takes one away, and tells how often it was asked. */
function watch(response: ServerResponse): { calls: number } {
  const seen = { calls: 0 };
  beforeHead(response, (head) => {
    seen.calls += 1;
    head.setHeader('Cache-Control', 'no-store');
    for (const name of head.getHeaderNames()) if (name.startsWith('x-host-')) head.removeHeader(name);
    head.setHeader('X-Vary-Before', String(head.getHeader('Vary') ?? 'none'));
  });
  return seen;
}

type Answer = (response: ServerResponse) => void;

const ANSWERS: readonly (readonly [string, Answer])[] = [
  [
    'one object of lower-case names, as Fastify gives it',
    (r) => r.writeHead(200, { 'cache-control': 'public', 'x-host-secret': '1', vary: 'Accept' }),
  ],
  [
    'names in other letters',
    (r) => r.writeHead(200, { 'Cache-Control': 'public', 'X-Host-Secret': '1', Vary: 'Accept' }),
  ],
  [
    'a frozen object',
    (r) =>
      r.writeHead(200, Object.freeze({ 'cache-control': 'public', 'x-host-secret': '1', vary: 'Accept' })),
  ],
  [
    'a status text before the headers',
    (r) => r.writeHead(200, 'Fine', { 'cache-control': 'public', 'x-host-secret': '1', vary: 'Accept' }),
  ],
  [
    'a list of names and values',
    (r) => r.writeHead(200, ['cache-control', 'public', 'x-host-secret', '1', 'vary', 'Accept']),
  ],
  [
    'headers set one by one',
    (r) => {
      r.setHeader('Cache-Control', 'public');
      r.setHeader('X-Host-Secret', '1');
      r.setHeader('Vary', 'Accept');
    },
  ],
  [
    'some set before, the others given at once',
    (r) => {
      r.setHeader('Cache-Control', 'public');
      r.setHeader('X-Host-Secret', '1');
      r.writeHead(200, { vary: 'Accept' });
    },
  ],
];

describe('beforeHead', () => {
  it.each(ANSWERS)('changes the headers of an answer once: %s', async (_name, answer) => {
    let seen = { calls: 0 };

    const headers = await receive((response) => {
      seen = watch(response);
      answer(response);
      response.end();
    });

    expect(headers).toMatchObject({
      ':status': '200',
      'cache-control': 'no-store',
      'x-vary-before': 'Accept',
      vary: 'Accept',
    });
    expect(headers).not.toHaveProperty('x-host-secret');
    expect(seen.calls).toBe(1);
  });

  it('changes the headers of an answer that has none', async () => {
    const headers = await receive((response) => {
      watch(response);
      response.end('body');
    });

    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-vary-before': 'none' });
  });

  it('comes after what the host app adds to the response later', async () => {
    const headers = await receive((response) => {
      watch(response);
      const writeHead = response.writeHead.bind(response);
      response.writeHead = ((status: number, headers: OutgoingHttpHeaders) =>
        writeHead(status, { ...headers, 'cache-control': 'public' })) as typeof response.writeHead;
      response.writeHead(200, { 'x-host-secret': '1' }).end();
    });

    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('x-host-secret');
  });

  it('leaves the status to the one who answers', async () => {
    const headers = await receive((response) => {
      watch(response);
      response.writeHead(418, { 'x-tea': 'yes' }).end();
    });

    expect(headers).toMatchObject({ ':status': '418', 'x-tea': 'yes', 'cache-control': 'no-store' });
  });
});
