import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServerDrain } from '../../../src/start/server-drain.js';
import { until } from '../../support/until.support.js';

describe('ServerDrain', () => {
  let server: Server;
  let drain: ServerDrain;
  const agent = new Agent({ keepAlive: true });
  const waiting: ServerResponse[] = [];

  beforeEach(async () => {
    server = createServer((_, response) => void waiting.push(response));
    drain = new ServerDrain(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    waiting.length = 0;
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  const ask = async (): Promise<IncomingMessage> => {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(get({ port, host: '127.0.0.1', agent }), 'response')) as [IncomingMessage];
    return response;
  };

  it('finishes open requests, then closes their connections', async () => {
    const asked = ask();
    await until(() => waiting.length === 1);
    let isDrained = false;
    const drained = drain.drain().then(() => (isDrained = true));
    await new Promise(setImmediate);
    expect(isDrained).toBe(false);
    waiting[0]?.end('answered');
    const response = await asked;
    expect([response.headers.connection, await text(response)]).toEqual(['close', 'answered']);
    await drained;
  });

  it('does not wait for an idle keep-alive connection', async () => {
    const asked = ask();
    await until(() => waiting.length === 1);
    waiting[0]?.end('answered');
    await text(await asked);
    await drain.drain();
    expect(server.listening).toBe(false);
  });

  it('accepts no new connections', async () => {
    const { port } = server.address() as AddressInfo;
    await drain.drain();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('does nothing for a server that never listened', async () => {
    await expect(new ServerDrain(createServer()).drain()).resolves.toBeUndefined();
  });
});
