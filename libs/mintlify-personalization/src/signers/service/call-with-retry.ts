import { MintlifyPersonalizationError } from '../../errors.js';
import { ServiceFailure } from './service-failure.js';

/** The maximum random delay before the retry, so that calls that failed together do not retry together. */
const MAX_RETRY_DELAY_MS = 100;

/** @internal A call of a key service, with a signal that stops it. */
export type ServiceCall<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Calls a service, and retries once after a transient failure. Ends when the caller's signal is aborted, even if the
 * service does not respond.
 *
 * @internal
 * @param service the name of the service, for messages
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
  // If a call ignores its signal, its result is ignored.
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
    // Not after a success: a client with keep-alive would close the connection.
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
    `${service} did not answer before the caller gave up.`,
  );
}
