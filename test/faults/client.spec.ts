import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { it } from '@jest/globals';
import {
  describeFaults,
  headersOf,
  mapperWith,
  mapSoundly,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';
import { until } from '../support/until.support.js';

/** A raw HTTP request. */
const requestOf = (visitor: Visitor, lines: string[] = []): string =>
  [
    'GET /docs-login?redirect=/guide HTTP/1.1',
    'Host: app.acme.example',
    `x-visitor: ${headersOf(visitor)['x-visitor']}`,
    ...lines,
    '',
    '',
  ].join('\r\n');

/** A client with direct access to its connection. */
class WireClient {
  received = '';

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true).on('data', (chunk) => (this.received += String(chunk)));
    // Errors of the connection are ignored: only the behavior of the app is checked.
    socket.on('error', () => undefined);
  }

  static async open({ port }: FaultLab): Promise<WireClient> {
    const client = new WireClient(connect(port, '127.0.0.1'));
    await once(client.socket, 'connect');
    return client;
  }

  /** The received data, once it contains the given number of responses. */
  async answers(count: number): Promise<{ status: number; location: string | undefined }[]> {
    const read = () =>
      this.received
        .split('HTTP/1.1 ')
        .slice(1)
        .filter((answer) => answer.includes('\r\n\r\n'));
    await until(() => read().length >= count || this.socket.destroyed);
    return read().map((answer) => ({
      status: Number(answer.slice(0, 3)),
      location: /^location: (.*)\r$/im.exec(answer)?.[1],
    }));
  }

  async end(): Promise<void> {
    if (!this.socket.destroyed) {
      this.socket.destroy();
      await once(this.socket, 'close');
    }
  }
}

/** The type of one response. */
async function judgeFirst(lab: FaultLab, client: WireClient, visitor: Visitor): Promise<string> {
  const [answer] = await client.answers(1);
  await client.end();
  if (answer === undefined) return 'no answer';
  if (answer.status !== 302) return String(answer.status);
  const headers = { location: answer.location, 'cache-control': 'no-store' };
  return lab.judge(visitor, { status: 302, headers, body: '' });
}

const LEAVE: [kind: string, leave: (socket: Socket) => void][] = [
  ['hangs up', (socket) => socket.destroy()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
];

describeFaults('a client', (run) => {
  it.each(LEAVE)('that %s while the mapper runs does not affect others', (kind, leave) =>
    run(async (lab) => {
      const working = new Map<string, () => void>();
      let isSlow = true;
      const claimMapper = mapperWith((principal) => {
        const visitor = principal as Visitor;
        if (!isSlow) return mapSoundly(visitor);
        return new Promise((resolve) => working.set(visitor.name, () => resolve(mapSoundly(visitor))));
      });
      await lab.start({ claimMapper, mapperTimeoutMs: 30_000 });
      await lab.injectInto(`${kind} while the mapper works`, 'gone', async (visitor) => {
        const client = await WireClient.open(lab);
        client.socket.write(requestOf(visitor));
        await until(() => working.has(visitor.name));
        leave(client.socket);
        await client.end();
        working.get(visitor.name)?.();
        return client.received === '' ? 'gone' : client.received;
      });
      isSlow = false;
      await lab.expectRecovery();
    }),
  );

  it.each(LEAVE)('that %s in the middle of its request does not affect others', (kind, leave) =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto(`${kind} in the midst of its request`, 'gone', async (visitor) => {
        const client = await WireClient.open(lab);
        const request = requestOf(visitor);
        client.socket.write(request.slice(0, 1 + ((visitor.name.length * 7) % (request.length - 4))));
        await new Promise(setImmediate);
        leave(client.socket);
        await client.end();
        return client.received === '' ? 'gone' : client.received;
      });
      await lab.expectRecovery();
    }),
  );

  it('that sends its request in small pieces gets a normal response', () =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto('sends a few bytes at a time', '302', async (visitor) => {
        const client = await WireClient.open(lab);
        for (const [part] of requestOf(visitor).matchAll(/[^]{1,9}/g)) {
          client.socket.write(part);
          await new Promise(setImmediate);
        }
        return judgeFirst(lab, client, visitor);
      });
    }));

  it('that never ends its headers does not delay others', () =>
    run(async (lab) => {
      await lab.start({});
      const waiting: WireClient[] = [];
      await lab.injectInto('never ends its headers', 'waits', async (visitor) => {
        const client = await WireClient.open(lab);
        client.socket.write(requestOf(visitor).slice(0, -2));
        waiting.push(client);
        return 'waits';
      });
      await lab.expectRecovery();
      for (const client of waiting) lab.expectAnswers([client.received], ['']);
      await Promise.all(waiting.map((client) => client.end()));
    }));

  it('that half-closes its connection gets a response, unless it closed too early for Node', () =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto('closes its half', 'over', async (visitor) => {
        const client = await WireClient.open(lab);
        client.socket.end(requestOf(visitor));
        const word = await judgeFirst(lab, client, visitor);
        return word === '302' || word === 'no answer' ? 'over' : word;
      });
      await lab.expectRecovery();
    }));

  it('that announces a body and sends none still gets a response', () =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto('announces a body and sends none', '302', async (visitor) => {
        const client = await WireClient.open(lab);
        client.socket.write(requestOf(visitor, ['Content-Length: 1000']));
        return judgeFirst(lab, client, visitor);
      });
    }));

  it.each([
    ['sends garbage', 400, () => '\x16\x03\x01 garbage\r\n\r\n'],
    [
      'sends two Content-Length headers',
      400,
      (visitor: Visitor) => requestOf(visitor, ['Content-Length: 1', 'Content-Length: 2']),
    ],
    ['sends endless headers', 431, (visitor: Visitor) => requestOf(visitor, [`x: ${'x'.repeat(100_000)}`])],
  ])('that %s gets %i and no token', (kind, status, write) =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto(kind, String(status), async (visitor) => {
        const client = await WireClient.open(lab);
        client.socket.write(write(visitor));
        return judgeFirst(lab, client, visitor);
      });
    }),
  );

  it('that pipelines requests of ten visitors gets their tokens in the same order', () =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto('asks ten times at once', '302', async () => {
        const client = await WireClient.open(lab);
        const visitors = Array.from({ length: 10 }, () => lab.visitor());
        client.socket.write(visitors.map((visitor) => requestOf(visitor)).join(''));
        const answers = await client.answers(visitors.length);
        await client.end();
        const types = await Promise.all(
          visitors.map((visitor, index) =>
            lab.judge(visitor, {
              status: answers[index]?.status ?? 0,
              headers: { location: answers[index]?.location, 'cache-control': 'no-store' },
              body: '',
            }),
          ),
        );
        return [...new Set(types)].join(', ');
      });
    }));

  it('that pipelines ten requests and disconnects does not affect others', () =>
    run(async (lab) => {
      await lab.start({});
      await lab.injectInto('asks ten times at once and hangs up', 'gone', async () => {
        const client = await WireClient.open(lab);
        client.socket.write(Array.from({ length: 10 }, () => requestOf(lab.visitor())).join(''));
        await client.answers(1);
        await client.end();
        return 'gone';
      });
      await lab.expectRecovery();
    }));
});
