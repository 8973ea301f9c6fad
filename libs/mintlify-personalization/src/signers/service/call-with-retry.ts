import { MintlifyPersonalizationError } from '../../errors.js';
import { ServiceFailure } from './service-failure.js';

/** The second try waits a random while up to this, lest all that failed together come back together. */
const MAX_RETRY_DELAY_MS = 100;

/** @internal A call of a key service; the signal tells it to stop. */
export type ServiceCall<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Calls a service, and once more where that may help. Ends when the caller's signal is aborted, whatever the
 * service does, and leaves no timer behind.
 *
 * @internal
 * @param service its name, for messages
 * @throws ServiceFailure of the last try
 */
export async function callWithRetry<T>(
  service: string,
  call: ServiceCall<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await callOnce(service, call, timeoutMs, signal);
  } catch (error) {
    if (!(error instanceof ServiceFailure && error.isTransient)) throw error;
  }
  await pause(Math.random() * MAX_RETRY_DELAY_MS, signal);
  return callOnce(service, call, timeoutMs, signal);
}

async function callOnce<T>(
  service: string,
  call: ServiceCall<T>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) throw abandonedError(service, signal);
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  // A call that ignores its signal is left behind: what becomes of it is nobody's concern.
  const ended = new Promise<never>((_, reject) => {
    onAbort = () => reject(abandonedError(service, signal));
    signal.addEventListener('abort', onAbort);
    timer = setTimeout(
      () =>
        reject(
          new ServiceFailure(`${service} did not answer within ${timeoutMs} ms.`, true, 'signer_timeout'),
        ),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([call(controller.signal), ended]);
  } catch (error) {
    // Not after a success: a client that keeps its connections would drop this one.
    controller.abort();
    throw error;
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}

function abandonedError(service: string, { reason }: AbortSignal): MintlifyPersonalizationError {
  if (reason instanceof MintlifyPersonalizationError) return reason;
  return new MintlifyPersonalizationError(
    'signer_timeout',
    `${service} had not answered when the caller gave up.`,
  );
}
