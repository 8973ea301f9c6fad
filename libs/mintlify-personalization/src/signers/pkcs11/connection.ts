import { asPkcs11Failure, isReturnValue } from './failure.js';
import { findPrivateKey, type KeyChoice } from './key.js';
import { CK, type Handle, type Pkcs11Module } from './module.js';
import { findSlot, type SlotChoice } from './slot.js';

/** @internal The token, the key, and the number of sessions. */
export interface Pkcs11Target extends SlotChoice, KeyChoice {
  readonly sessions: number;
}

/**
 * Logged-in sessions with one token, and the key in it.
 *
 * A session can only do one thing at a time: take one, then give it back. {@link drop} closes idle sessions at once, and
 * the others when they are given back.
 *
 * @internal
 */
export class Pkcs11Connection {
  readonly privateKey: Handle;
  readonly #module: Pkcs11Module;
  readonly #idle: Handle[] = [];
  #state: 'open' | 'dropped' | 'gone' = 'open';

  /**
   * Finds the token, opens the sessions, logs in and finds the private key.
   *
   * @throws Pkcs11Failure, or MintlifyPersonalizationError if the token or the key is wrong
   */
  constructor(module: Pkcs11Module, target: Pkcs11Target, pin: string) {
    this.#module = module;
    try {
      const slot = findSlot(module, target);
      const session = this.#open(slot);
      while (this.#idle.length < target.sessions) this.#open(slot);
      this.#login(session, pin);
      this.privateKey = findPrivateKey(module, session, target);
    } catch (error) {
      this.drop(false);
      throw error;
    }
  }

  /** There is always one: the pool admits no more callers than there are sessions. */
  take(): Handle {
    return this.#idle.pop() ?? noSession();
  }

  give(session: Handle): void {
    if (this.#state === 'open') this.#idle.push(session);
    else if (this.#state === 'dropped') this.#close(session);
  }

  /** @param isGone whether the module has already closed the sessions */
  drop(isGone: boolean): void {
    if (this.#state === 'gone') return;
    this.#state = isGone ? 'gone' : 'dropped';
    const idle = this.#idle.splice(0);
    if (!isGone) for (const session of idle) this.#close(session);
  }

  #open(slot: Handle): Handle {
    try {
      const session = this.#module.C_OpenSession(slot, CK.CKF_SERIAL_SESSION);
      this.#idle.push(session);
      return session;
    } catch (error) {
      throw asPkcs11Failure('opening a session', error);
    }
  }

  #login(session: Handle, pin: string): void {
    try {
      this.#module.C_Login(session, CK.CKU_USER, pin);
    } catch (error) {
      // Another signer of this process has logged in: a login applies to all sessions with the token.
      if (!isReturnValue(error, CK.CKR_USER_ALREADY_LOGGED_IN)) throw asPkcs11Failure('logging in', error);
    }
  }

  #close(session: Handle): void {
    try {
      this.#module.C_CloseSession(session);
    } catch {
      // Nothing can be done about a session that cannot be closed.
    }
  }
}

function noSession(): never {
  throw new Error('All sessions are in use.');
}
