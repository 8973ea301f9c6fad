import { MintlifyPersonalizationError } from '../../errors.js';
import type { Pkcs11Connection } from './connection.js';
import { asPkcs11Failure, Pkcs11Failure } from './failure.js';
import type { Handle } from './module.js';

/** @internal */
export type SessionTask<T> = (session: Handle, connection: Pkcs11Connection) => Promise<T>;

/**
 * Runs as many tasks at once as there are sessions; the others wait in a queue. Connects if there is no connection, and
 * drops the connection if a task fails in a way that a new one may fix.
 *
 * @internal
 */
export class Pkcs11SessionPool {
  readonly #connect: () => Promise<Pkcs11Connection>;
  readonly #waiting = new Set<() => void>();
  #free: number;
  #connection: Promise<Pkcs11Connection> | undefined;
  #isClosed = false;

  constructor(size: number, connect: () => Promise<Pkcs11Connection>) {
    this.#free = size;
    this.#connect = connect;
  }

  /**
   * Runs a task with its own session. A running task keeps its session until it ends, even if its caller has given up:
   * a session cannot run two tasks.
   */
  async use<T>(task: SessionTask<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      return await this.#run(task);
    } finally {
      this.#leave();
    }
  }

  /** Closes the sessions; those in use when their task ends. */
  close(): void {
    this.#isClosed = true;
    this.#connection?.then(
      (connection) => connection.drop(false),
      () => undefined,
    );
    this.#connection = undefined;
  }

  async #run<T>(task: SessionTask<T>): Promise<T> {
    if (this.#isClosed) throw closed();
    const connecting = (this.#connection ??= this.#connect());
    const forget = (): void => {
      if (this.#connection === connecting) this.#connection = undefined;
    };
    const connection = await connecting.catch((error: unknown) => {
      forget();
      throw error;
    });
    const session = connection.take();
    try {
      return await task(session, connection);
    } catch (error) {
      if (error instanceof MintlifyPersonalizationError && !(error instanceof Pkcs11Failure)) throw error;
      const failure = asPkcs11Failure('signing', error);
      if (failure.isTransient) {
        forget();
        connection.drop(failure.isSessionGone);
      }
      throw failure;
    } finally {
      connection.give(session);
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.delete(enter);
        reject(asPkcs11Failure('waiting for a session', undefined));
      };
      this.#waiting.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Passes the session on to the next waiting task, or marks it as free. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#free += 1;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}

function closed(): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'signer_failed',
    'The signer of the hardware module is closed. Create a new one.',
  );
}
