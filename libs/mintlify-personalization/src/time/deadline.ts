/**
 * Runs a task that may be asynchronous, and gives up on it after `timeoutMs`.
 *
 * The task gets a signal that is aborted at the deadline, so that it can stop its own work; a task that
 * ignores the signal is left behind and its late result or error is dropped. A task that answers without a
 * promise costs no timer. Node's timers are monotonic, so a step of the wall clock changes nothing.
 *
 * @param timeoutMs milliseconds
 * @param onTimeout makes the error to throw at the deadline
 */
export async function withDeadline<T>(
  task: (signal: AbortSignal) => T | PromiseLike<T>,
  timeoutMs: number,
  onTimeout: () => Error,
): Promise<T> {
  const controller = new AbortController();
  const result = task(controller.signal);
  if (!isPromiseLike(result)) return result;

  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = onTimeout();
      reject(error);
      controller.abort(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([result, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}
