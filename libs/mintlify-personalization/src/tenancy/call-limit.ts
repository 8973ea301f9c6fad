import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Limits how many calls run at once. Further calls fail at once: in a queue, they and their visitors would wait for the
 * slow ones.
 *
 * @internal
 */
export class CallLimit {
  readonly #max: number;
  readonly #message: string;
  #running = 0;

  /** @param message the error message: which calls, how many are allowed, and how to fix it */
  constructor(max: number, message: string) {
    this.#max = max;
    this.#message = message;
  }

  /**
   * Runs a call. Synchronous calls do not count, since they end before another can start.
   *
   * @throws MintlifyPersonalizationError `overloaded`
   */
  run<T>(call: () => T | Promise<T>): T | Promise<T> {
    if (this.#running >= this.#max) throw new MintlifyPersonalizationError('overloaded', this.#message);
    const answer = call();
    if (answer instanceof Promise) {
      this.#running += 1;
      answer.then(this.#end, this.#end);
    }
    return answer;
  }

  readonly #end = (): void => {
    this.#running -= 1;
  };
}
