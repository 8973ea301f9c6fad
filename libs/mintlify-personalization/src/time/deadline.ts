/**
 * The deadline of a task, and its signal.
 *
 * @internal
 */
export class Deadline {
  #controller: AbortController | undefined;

  /** Aborted at the deadline. Creating it costs as much as the rest of a call, so it is created when a task reads it. */
  get signal(): AbortSignal {
    return (this.#controller ??= new AbortController()).signal;
  }

  /**
   * Waits for a result until the deadline.
   *
   * @param onTimeout creates the error to throw at the deadline
   */
  wait<T>(result: PromiseLike<T>, timeoutMs: number, onTimeout: (timeoutMs: number) => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const error = onTimeout(timeoutMs);
        reject(error);
        // Even if the signal was not read yet: a task that reads it later must stop at once.
        (this.#controller ??= new AbortController()).abort(error);
      }, timeoutMs);
      // The result may be a thenable of the host app that breaks the rules of promises.
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
 * Runs a task that may be asynchronous, and gives up after `timeoutMs`.
 *
 * A synchronous task costs neither a timer nor a promise: it returns or throws at once. If a task ignores the signal of
 * its {@link Deadline}, its late result or error is dropped. Node's timers are monotonic, so changes of the wall clock
 * have no effect.
 *
 * @internal
 * @param timeoutMs milliseconds
 * @param onTimeout creates the error to throw at the deadline
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
