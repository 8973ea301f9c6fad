import type { Attributes, Span } from '@opentelemetry/api';
import type * as OpenTelemetry from '@opentelemetry/api';
import { isOwnError } from '../errors.js';
import type { AuditHandshake } from '../ports/audit-sink.js';
import { TelemetryInstruments, type Instruments } from './telemetry-instruments.js';

/** @internal The steps of a handshake that take time. */
export type HandshakeStep = 'map' | 'validate' | 'sign';

/**
 * @internal How the tenant is known: the default docs site, one of the options, one that the tenant source gave; or not.
 * Tenant ids are not bounded in number, and so no label.
 */
export type TenantClass = 'default' | 'configured' | 'loaded' | 'unknown';

/** @internal How a handshake ended. */
export interface HandshakeOutcome {
  readonly handshake: AuditHandshake;
  /** As in `AuditEvent`: one of a few dozen. */
  readonly outcome: string;
  readonly tenantClass: TenantClass;
  readonly durationMs?: number | undefined;
}

const SPAN_NAMES: Readonly<Record<HandshakeStep, string>> = {
  map: 'mintlify.map',
  validate: 'mintlify.validate',
  sign: 'mintlify.sign',
};

/** `SpanStatusCode.ERROR`: the package may not be there to import it from. */
const SPAN_STATUS_ERROR: OpenTelemetry.SpanStatusCode.ERROR = 2;

/**
 * Counts, measures and traces, through `@opentelemetry/api`: where the app has an SDK, it exports what is measured here;
 * where it has none, or that package is not installed, nothing is measured and nothing it costs.
 *
 * @internal
 */
export class Telemetry {
  readonly #instruments: TelemetryInstruments | undefined;

  /**
   * @param api the package `@opentelemetry/api`, or `undefined` for none. Not by its type: an app that has not installed
   * it could not compile against this library then.
   */
  constructor(api: object | undefined) {
    this.#instruments = api && new TelemetryInstruments(api as typeof OpenTelemetry);
  }

  /** With `@opentelemetry/api`, if the host app has it. */
  static async load(): Promise<Telemetry> {
    try {
      return new Telemetry(await import('@opentelemetry/api'));
    } catch {
      return new Telemetry(undefined);
    }
  }

  /**
   * Runs one step: its time goes into a histogram, and it is a span in which the spans of the host's code stand. Gives
   * what the task gives, a promise only where that is one.
   */
  step<T>(step: HandshakeStep, task: () => T): T {
    const instruments = this.#instruments?.current;
    if (instruments === undefined) return task();
    if (instruments.tracer === undefined) return new MeasuredStep(step, instruments, undefined).run(task);
    return instruments.tracer.startActiveSpan(SPAN_NAMES[step], (span) =>
      new MeasuredStep(step, instruments, span).run(task),
    );
  }

  /** Counts one handshake that has ended. */
  countHandshake({ handshake, outcome, tenantClass, durationMs }: HandshakeOutcome): void {
    const instruments = this.#instruments?.current;
    if (instruments === undefined) return;
    const attributes: Attributes = {
      'mintlify.handshake': handshake,
      'mintlify.outcome': outcome,
      'mintlify.tenant.class': tenantClass,
    };
    instruments.handshakes.add(1, attributes);
    if (durationMs !== undefined) instruments.handshakeDuration.record(durationMs / 1_000, attributes);
  }
}

/** One step that is measured, and traced where there is a span for it. */
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

  /** Of an error no more than its code: its message may be the host's own. */
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
