import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { HandshakeRequest } from '../../../../libs/mintlify-personalization/src/http/handshake-request.js';
import { RawBody } from '../../../../libs/mintlify-personalization/src/http/webhooks/raw-body.js';

const NEVER = new AbortController().signal;

const requestOf = (message: IncomingMessage, rest: object = {}): HandshakeRequest =>
  Object.assign(message, rest) as unknown as HandshakeRequest;

/** A request whose bytes come as Node pushes them. */
function receive(chunks: readonly Uint8Array[]): { message: IncomingMessage; arrive: () => void } {
  const message = new IncomingMessage(new Socket());
  const arrive = (): void => {
    for (const chunk of chunks) message.push(chunk);
    message.push(null);
  };
  return { message, arrive };
}

describe('RawBody', () => {
  it('has the bytes of a body, whether or not the app reads it too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), fc.boolean(), async (chunks, isRead) => {
        const { message, arrive } = receive(chunks);
        const body = new RawBody(message, 10_000);
        const read = isRead ? buffer(message) : undefined;
        arrive();
        const whole = Buffer.concat(chunks);
        if (read !== undefined) equal((await read).equals(whole), true);
        equal((await body.read(requestOf(message), 'handshakes.scalar', NEVER)).equals(whole), true);
      }),
      { numRuns: 100 },
    );
    expect.assertions(0);
  });

  it('is refused if it is larger than the maximum, and is not kept', async () => {
    const { message, arrive } = receive([Buffer.alloc(6), Buffer.alloc(5), Buffer.alloc(1)]);
    const body = new RawBody(message, 10);
    arrive();
    await expect(body.read(requestOf(message), 'handshakes.scalar', NEVER)).rejects.toThrow(
      'The body has more than 10 bytes.',
    );
  });

  it('that was read before is what the app kept of it, and otherwise an error that says what to set', async () => {
    const { message, arrive } = receive([Buffer.from('{}')]);
    arrive();
    await buffer(message);
    const late = new RawBody(message, 10);
    await expect(late.read(requestOf(message), 'handshakes.scalar', NEVER)).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^handshakes\.scalar needs the body as it was sent.*rawBody: true/),
    });
    await expect(
      late.read(requestOf(message, { body: { parsed: true } }), 'handshakes.scalar', NEVER),
    ).rejects.toThrow('rawBody: true');
    const kept = await late.read(
      requestOf(message, { rawBody: Buffer.from('{ }') }),
      'handshakes.scalar',
      NEVER,
    );
    expect(kept.toString()).toBe('{ }');
  });

  it('that never ends is given up at the deadline', async () => {
    const { message } = receive([]);
    const body = new RawBody(message, 10);
    const deadline = new AbortController();
    const read = body.read(requestOf(message), 'handshakes.scalar', deadline.signal);
    deadline.abort();
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });
});
