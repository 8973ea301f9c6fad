/**
 * Hands a task the signal of its deadline.
 *
 * @internal
 */
export class Deadline {
  #controller: AbortController | undefined;

  /** Aborted at the deadline. Costs as much as the rest of a call, so it is made when a task reads it. */
  get signal(): AbortSignal {
    return (this.#controller ??= new AbortController()).signal;
  }

  /**
   * Waits for a result, and no longer than the deadline.
   *
   * @param onTimeout makes the error to throw at the deadline
   */
  wait<T>(result: PromiseLike<T>, timeoutMs: number, onTimeout: (timeoutMs: number) => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const error = onTimeout(timeoutMs);
        reject(error);
        // Also where the signal was not read yet: a task that reads it later is to stop at once.
        (this.#controller ??= new AbortController()).abort(error);
      }, timeoutMs);
      // The result may be a thenable of the host app, which keeps none of a promise's rules.
      Promise.resolve(result).then(
        (value) => {
          clearTimeout(timer);
          return resolve(value);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error);
        },
      );
    });
  }
}

/**
 * Runs a task that may be asynchronous, and gives up on it after `timeoutMs`.
 *
 * A task that answers without a promise costs neither timer nor promise: its value is returned, and its error thrown, at
 * once. A task that ignores the signal of its {@link Deadline} is left behind; its late result or error is dropped. Node's
 * timers are monotonic, so a step of the wall clock changes nothing.
 *
 * @internal
 * @param timeoutMs milliseconds
 * @param onTimeout makes the error to throw at the deadline
 * @example
 * ```ts
 * const answer = await withDeadline(({ signal }) => service.ask(signal), 2_000, tooSlow);
 * ```
 */
export function withDeadline<T>(
  task: (deadline: Deadline) => T | PromiseLike<T>,
  timeoutMs: number,
  onTimeout: (timeoutMs: number) => Error,
): T | Promise<T> {
  const deadline = new Deadline();
  const result = task(deadline);
  return isPromiseLike(result) ? deadline.wait(result, timeoutMs, onTimeout) : result;
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}
