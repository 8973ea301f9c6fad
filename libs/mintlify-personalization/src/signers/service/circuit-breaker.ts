import type * as Cockatiel from 'cockatiel';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { BreakerState } from '../../keys/key-fingerprint.js';
import { missingPackageError } from '../../options/optional-package.js';
import type { FaultPolicy } from './signer-options.js';

/**
 * Leaves a service alone that failed several times in a row, and lets one call at a time find out whether it is
 * back. Each signer has its own, so one tenant's trouble is no other's.
 *
 * @internal
 */
export class CircuitBreaker {
  readonly #service: string;
  readonly #policy: FaultPolicy;
  readonly #cockatiel: typeof Cockatiel;
  readonly #breaker: Cockatiel.CircuitBreakerPolicy;
  #lastFailure = '';

  /** @param cockatiel the package, which {@link createCircuitBreaker} loads */
  constructor(service: string, policy: FaultPolicy, cockatiel: typeof Cockatiel) {
    this.#service = service;
    this.#policy = policy;
    this.#cockatiel = cockatiel;
    this.#breaker = cockatiel.circuitBreaker(cockatiel.handleAll, {
      breaker: new cockatiel.ConsecutiveBreaker(policy.breakerFailures),
      halfOpenAfter: { next: () => new HalfOpenBackoff(policy.breakerPauseMs) },
    });
  }

  /** An open circuit whose pause is over counts as open until a call tries the service. */
  get state(): BreakerState {
    const { CircuitState } = this.#cockatiel;
    switch (this.#breaker.state) {
      case CircuitState.Closed:
        return 'closed';
      case CircuitState.HalfOpen:
        return 'half_open';
      case CircuitState.Open:
      case CircuitState.Isolated:
        return 'open';
    }
  }

  /**
   * @throws what the call throws, and MintlifyPersonalizationError `signer_unavailable` without calling
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { CircuitState, isBrokenCircuitError } = this.#cockatiel;
    // Cockatiel would let this one wait for the one that is trying, for as long as that takes.
    if (this.#breaker.state === CircuitState.HalfOpen) throw this.#unavailable();
    try {
      return await this.#breaker.execute(call);
    } catch (error) {
      if (error instanceof Error && isBrokenCircuitError(error)) throw this.#unavailable();
      this.#lastFailure = error instanceof MintlifyPersonalizationError ? error.message : '';
      throw error;
    }
  }

  #unavailable(): MintlifyPersonalizationError {
    const { breakerFailures, breakerPauseMs } = this.#policy;
    return new MintlifyPersonalizationError(
      'signer_unavailable',
      `${this.#service} failed ${breakerFailures} times in a row and is tried again at most every ` +
        `${breakerPauseMs} ms. The last failure: ${this.#lastFailure}`,
    );
  }
}

/**
 * Loads cockatiel and makes a {@link CircuitBreaker}.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` where cockatiel is not installed
 */
export async function createCircuitBreaker(
  service: string,
  policy: FaultPolicy,
  neededBy: string,
): Promise<CircuitBreaker> {
  return new CircuitBreaker(service, policy, await loadCockatiel(neededBy));
}

async function loadCockatiel(neededBy: string): Promise<typeof Cockatiel> {
  try {
    return await import('cockatiel');
  } catch (cause) {
    throw missingPackageError('cockatiel', neededBy, cause);
  }
}

/**
 * Cockatiel measures a pause by the wall clock, which may be set back by an hour. This one looks at the
 * monotonic clock when it is asked how long it is, and is either endless or over.
 */
class HalfOpenBackoff implements Cockatiel.IBackoff<unknown> {
  readonly #end: number;

  constructor(readonly milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  get duration(): number {
    return performance.now() < this.#end ? Infinity : -Infinity;
  }

  next(): HalfOpenBackoff {
    return new HalfOpenBackoff(this.milliseconds);
  }
}
