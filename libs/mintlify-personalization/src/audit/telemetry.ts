import type { Attributes, Span } from '@opentelemetry/api';
import type * as OpenTelemetry from '@opentelemetry/api';
import { isOwnError } from '../errors.js';
import type { AuditHandshake } from '../ports/audit-sink.js';
import { TelemetryInstruments, type Instruments } from './telemetry-instruments.js';

/** @internal The steps of a handshake that are measured. */
export type HandshakeStep = 'map' | 'validate' | 'sign';

/**
 * @internal Where the tenant comes from: the default docs site, the options, the tenant source; or it is unknown. Metrics
 * have this instead of tenant ids, whose number is not limited.
 */
export type TenantClass = 'default' | 'configured' | 'loaded' | 'unknown';

/** @internal How a handshake ended. */
export interface HandshakeOutcome {
  readonly handshake: AuditHandshake;
  /** As in `AuditEvent`: only a few dozen values. */
  readonly outcome: string;
  readonly tenantClass: TenantClass;
  readonly durationMs?: number | undefined;
}

const SPAN_NAMES: Readonly<Record<HandshakeStep, string>> = {
  map: 'mintlify.map',
  validate: 'mintlify.validate',
  sign: 'mintlify.sign',
};

/** `SpanStatusCode.ERROR`, which cannot be imported: the package is optional. */
const SPAN_STATUS_ERROR: OpenTelemetry.SpanStatusCode.ERROR = 2;

/**
 * Where `@opentelemetry/api` keeps what an SDK registers, for all copies of the package in a process. Without it there is
 * no SDK, so the package, which has dozens of files, is not loaded.
 */
const REGISTERED_SDK = Symbol.for('opentelemetry.js.api.1');

/**
 * Metrics and traces with `@opentelemetry/api`. If the app has no SDK, or the package is not installed, nothing is
 * measured and nothing is loaded. An SDK that is registered later is seen at the next request.
 *
 * @internal
 */
export class Telemetry {
  #instruments: TelemetryInstruments | undefined;
  #isLoading = false;

  /** Loads `@opentelemetry/api` if an SDK is registered. */
  static async load(): Promise<Telemetry> {
    const telemetry = new Telemetry();
    if (isSdkRegistered()) await telemetry.#load();
    return telemetry;
  }

  /**
   * Runs one step, records its duration in a histogram, and creates a span, the parent of the spans of the host's code.
   * Returns what the task returns.
   */
  step<T>(step: HandshakeStep, task: () => T): T {
    const instruments = this.#current;
    if (instruments === undefined) return task();
    if (instruments.tracer === undefined) return new MeasuredStep(step, instruments, undefined).run(task);
    return instruments.tracer.startActiveSpan(SPAN_NAMES[step], (span) =>
      new MeasuredStep(step, instruments, span).run(task),
    );
  }

  /** Counts one completed handshake. */
  countHandshake({ handshake, outcome, tenantClass, durationMs }: HandshakeOutcome): void {
    const instruments = this.#current;
    if (instruments === undefined) return;
    const attributes: Attributes = {
      'mintlify.handshake': handshake,
      'mintlify.outcome': outcome,
      'mintlify.tenant.class': tenantClass,
    };
    instruments.handshakes.add(1, attributes);
    if (durationMs !== undefined) instruments.handshakeDuration.record(durationMs / 1_000, attributes);
  }

  /** Counts one user that breaks the visitor schema of its claim mapper. */
  countSchemaViolation(): void {
    this.#current?.schemaViolations.add(1);
  }

  /** `undefined` without an SDK. Cheap enough to be read at each step. */
  get #current(): Instruments | undefined {
    if (this.#instruments !== undefined) return this.#instruments.current;
    if (!this.#isLoading && isSdkRegistered()) void this.#load();
    return undefined;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      this.#instruments = new TelemetryInstruments(await import('@opentelemetry/api'));
    } catch {
      // Not installed here: the SDK has a copy of its own, which this library cannot reach.
    }
  }
}

function isSdkRegistered(): boolean {
  return REGISTERED_SDK in globalThis;
}

/** One step that is measured, and traced if there is a span. */
class MeasuredStep {
  readonly #startedAt = performance.now();
  readonly #attributes: Attributes;
  readonly #instruments: Instruments;
  readonly #span: Span | undefined;

  constructor(step: HandshakeStep, instruments: Instruments, span: Span | undefined) {
    this.#attributes = { 'mintlify.step': step };
    this.#instruments = instruments;
    this.#span = span;
  }

  run<T>(task: () => T): T {
    let result: T;
    try {
      result = task();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    if (result instanceof Promise) {
      result.then(
        () => this.#end(),
        (error: unknown) => this.#fail(error),
      );
    } else {
      this.#end();
    }
    return result;
  }

  /** Only the code of an error is recorded: the message may be the host's own. */
  #fail(error: unknown): void {
    this.#attributes['error.type'] = isOwnError(error) ? error.code : '_OTHER';
    this.#span?.setAttributes(this.#attributes);
    this.#span?.setStatus({ code: SPAN_STATUS_ERROR });
    this.#end();
  }

  #end(): void {
    this.#instruments.stepDuration.record((performance.now() - this.#startedAt) / 1_000, this.#attributes);
    this.#span?.end();
  }
}
