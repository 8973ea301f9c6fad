import { discoveryUnavailable } from './discovery-errors.js';

/** The request that is read. */
interface RunningCall {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  failure(cause: unknown, what: string): unknown;
}

/**
 * Passes a body on as it is read, up to a number of bytes and until its call is aborted.
 *
 * @internal
 * @param end called when it has ended, failed or was cancelled, also if it was never read
 */
export function boundStream(
  body: ReadableStream<Uint8Array> | null,
  {
    maxBytes,
    call,
    end,
  }: { readonly maxBytes: number; readonly call: RunningCall; readonly end: () => void },
): ReadableStream<Uint8Array> {
  const reader = body?.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const fail = (): void => {
          controller.error(call.signal.reason);
          end();
        };
        if (call.signal.aborted) fail();
        else call.signal.addEventListener('abort', fail, { once: true });
      },
      async pull(controller) {
        try {
          const chunk = await reader?.read();
          if (chunk === undefined || chunk.done) {
            controller.close();
            end();
            return;
          }
          bytes += chunk.value.byteLength;
          if (bytes > maxBytes) throw discoveryUnavailable(`sent more than maxResponseBytes (${maxBytes})`);
          controller.enqueue(chunk.value);
        } catch (error) {
          // The listener of the signal has the reason of an abort.
          call.abort(bytes > maxBytes ? error : call.failure(error, 'cut its answer'));
        }
      },
      cancel(reason) {
        call.abort(reason);
        end();
      },
    },
    { highWaterMark: 0 },
  );
}
