import type * as Cockatiel from 'cockatiel';
import { MintlifyPersonalizationError } from '../../errors.js';
import type { BreakerState } from '../../keys/key-fingerprint.js';
import { missingPackageError } from '../../options/optional-package.js';
import type { FaultPolicy } from './signer-options.js';

/**
 * Stops calling a service that failed several times in a row, and after a pause lets one call at a time try it. Each
 * signer has its own breaker, so tenants do not affect each other.
 *
 * @internal
 */
export class CircuitBreaker {
  readonly #service: string;
  readonly #policy: FaultPolicy;
  readonly #cockatiel: typeof Cockatiel;
  readonly #breaker: Cockatiel.CircuitBreakerPolicy;
  #lastFailure = '';

  /** @param cockatiel the package, loaded by {@link createCircuitBreaker} */
  constructor(service: string, policy: FaultPolicy, cockatiel: typeof Cockatiel) {
    this.#service = service;
    this.#policy = policy;
    this.#cockatiel = cockatiel;
    this.#breaker = cockatiel.circuitBreaker(cockatiel.handleAll, {
      breaker: new cockatiel.ConsecutiveBreaker(policy.breakerFailures),
      halfOpenAfter: { next: () => new HalfOpenBackoff(policy.breakerPauseMs) },
    });
  }

  /** The state stays `open` after the pause, until a call tries the service. */
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
   * @throws what the call throws, or MintlifyPersonalizationError `signer_unavailable` without calling
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const { CircuitState, isBrokenCircuitError } = this.#cockatiel;
    // Cockatiel would make this call wait for the one that tries the service.
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
      `${this.#service} failed ${breakerFailures} times in a row, so it is only tried every ${breakerPauseMs} ms. ` +
        `The last failure: ${this.#lastFailure}`,
    );
  }
}

/**
 * Loads cockatiel and creates a {@link CircuitBreaker}.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` if cockatiel is not installed
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
 * Cockatiel measures the pause with the wall clock, which may be changed. This backoff uses the monotonic clock instead:
 * its duration is infinite until the pause is over.
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
