import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.support.js';

/** Gives the port that answers what is asked of a host at a path. */
export type Router = (host: string, path: string) => number;

/** Sites under names of their own, with TLS, in a browser that finds them on this machine. */
export interface TlsSites {
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * Puts a TLS proxy before the given servers, as a company's edge stands before its own, and starts a Chromium to which
 * every name ends there: `https://docs.foo.test` at its default port.
 */
export async function openTlsSites(router: Router): Promise<TlsSites> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'foo.test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const proxy = createTlsServer({ key, cert }, (request, response) => {
    const { host = '' } = request.headers;
    const onward = forward(
      {
        host: '127.0.0.1',
        port: router(host, request.url ?? '/'),
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const browser = await launchChromium([
    `--host-resolver-rules=MAP *.test:443 127.0.0.1:${port}`,
    '--ignore-certificate-errors',
  ]);
  return {
    browser,
    close: async () => {
      await browser.close();
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

/** A plain server at a free port; `close` ends it with its connections. */
export async function listenAnywhere(
  listener: RequestListener,
): Promise<{ port: number; close: () => void }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
