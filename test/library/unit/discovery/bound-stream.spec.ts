import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { boundStream } from '../../../../libs/mintlify-personalization/src/discovery/bound-stream.js';
import { Call } from '../../../../libs/mintlify-personalization/src/discovery/discovery-client.js';
import { VisitorLimit } from '../../../../libs/mintlify-personalization/src/discovery/visitor-limit.js';

const bodyOf = (chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

describe('boundStream', () => {
  it('passes every byte on, up to the limit, and ends once', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 8 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 40 }), async (given, maxBytes) => {
        const all = Buffer.concat(given);
        const call = new Call(undefined);
        const end = jest.fn(() => call.end());
        const read = await new Response(boundStream(bodyOf(given), { maxBytes, call, end })).bytes().then(
          (bytes) => Buffer.from(bytes).toString('hex'),
          ({ code }: { code: string }) => code,
        );
        expect(read).toBe(all.length <= maxBytes ? all.toString('hex') : 'discovery_unavailable');
        expect(end).toHaveBeenCalled();
      }),
      { numRuns: 100 },
    );
  });

  it.each(['cancel', 'leave'])('is freed before anyone reads it: by %s', async (stop) => {
    const caller = new AbortController();
    const limit = new VisitorLimit(2, 1);
    const leave = limit.enter('ada', undefined);
    const call = new Call(caller.signal);
    const stream = boundStream(new ReadableStream<Uint8Array>(), { maxBytes: 10, call, end: leave });
    if (stop === 'cancel') await stream.cancel();
    else caller.abort(new Error('gone'));
    expect([call.signal.aborted, limit.taken]).toEqual([true, { inAll: 0, ids: 0 }]);
    const read = stream
      .getReader()
      .read()
      .then(
        ({ done }) => done,
        ({ message }: Error) => message,
      );
    expect(await read).toBe(stop === 'cancel' ? true : 'gone');
  });
});
