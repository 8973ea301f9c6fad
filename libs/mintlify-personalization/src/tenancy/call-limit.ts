import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Bounds how many calls of a port run at once. A call beyond that fails at once: in a queue it would wait for the slow
 * ones before it, and its visitor with it.
 *
 * @internal
 */
export class CallLimit {
  readonly #max: number;
  readonly #message: string;
  #running = 0;

  /** @param message of the error: which calls these are, how many may run, and how to fix it */
  constructor(max: number, message: string) {
    this.#max = max;
    this.#message = message;
  }

  /**
   * Runs a call. One that answers without a promise is over before another can begin, and never counts.
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
