/** Hands a task the signal of its deadline. Making one is dear, so it is made when somebody asks for it. */
export class Deadline {
  #controller: AbortController | undefined;

  /** Aborted at the deadline. */
  get signal(): AbortSignal {
    return (this.#controller ??= new AbortController()).signal;
  }

  /** @internal */
  pass(reason: Error): void {
    (this.#controller ??= new AbortController()).abort(reason);
  }
}

/**
 * Runs a task that may be asynchronous, and gives up on it after `timeoutMs`.
 *
 * The task gets the {@link Deadline}, whose signal tells it to stop its own work; a task that ignores it is
 * left behind and its late result or error is dropped. A task that answers without a promise costs no timer.
 * Node's timers are monotonic, so a step of the wall clock changes nothing.
 *
 * @param timeoutMs milliseconds
 * @param onTimeout makes the error to throw at the deadline
 */
export async function withDeadline<T>(
  task: (deadline: Deadline) => T | PromiseLike<T>,
  timeoutMs: number,
  onTimeout: () => Error,
): Promise<T> {
  const deadline = new Deadline();
  const result = task(deadline);
  if (!isPromiseLike(result)) return result;

  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = onTimeout();
      reject(error);
      deadline.pass(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | undefined)?.then === 'function';
}
