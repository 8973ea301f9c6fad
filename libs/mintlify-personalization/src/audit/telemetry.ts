import type { Attributes, Counter, Histogram, Meter, Span, Tracer } from '@opentelemetry/api';
import type * as OpenTelemetry from '@opentelemetry/api';
import { isOwnError } from '../errors.js';
import type { AuditHandshake } from '../ports/audit-sink.js';

/** The name under which an OpenTelemetry SDK finds what this library measures. */
const SCOPE = 'nestjs-mintlify-personalization';

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

interface Instruments {
  readonly api: typeof OpenTelemetry;
  readonly tracer: Tracer;
  readonly handshakes: Counter;
  readonly handshakeDuration: Histogram;
  readonly stepDuration: Histogram;
}

/**
 * Counts, measures and traces, through `@opentelemetry/api`: where the app has an SDK, it exports what is measured here;
 * where that package is not installed, nothing is measured at all.
 *
 * @internal
 */
export class Telemetry {
  readonly #instruments: Instruments | undefined;

  /**
   * @param api the package `@opentelemetry/api`, or `undefined` for none. Not by its type: who has not installed it could
   * not compile against this library then.
   */
  constructor(api: object | undefined) {
    this.#instruments = api && createInstruments(api as typeof OpenTelemetry);
  }

  /** With `@opentelemetry/api`, if the host app has it. */
  static async load(): Promise<Telemetry> {
    try {
      return new Telemetry(await import('@opentelemetry/api'));
    } catch {
      return new Telemetry(undefined);
    }
  }

  /** Runs one step: its time goes into a histogram, and it is a span in which the spans of the host's code stand. */
  step<T>(step: HandshakeStep, task: () => T): T {
    const instruments = this.#instruments;
    if (instruments === undefined) return task();
    return instruments.tracer.startActiveSpan(`mintlify.${step}`, (span) => {
      const startedAt = performance.now();
      const end = (error?: unknown): void => endStep(instruments, span, step, startedAt, error);
      let result: T;
      try {
        result = task();
      } catch (error) {
        end(error);
        throw error;
      }
      if (result instanceof Promise) {
        result.then(() => end(), end);
      } else {
        end();
      }
      return result;
    });
  }

  /** Counts one handshake that has ended. */
  countHandshake({ handshake, outcome, tenantClass, durationMs }: HandshakeOutcome): void {
    const attributes: Attributes = {
      'mintlify.handshake': handshake,
      'mintlify.outcome': outcome,
      'mintlify.tenant.class': tenantClass,
    };
    this.#instruments?.handshakes.add(1, attributes);
    if (durationMs !== undefined) {
      this.#instruments?.handshakeDuration.record(durationMs / 1_000, attributes);
    }
  }
}

function createInstruments(api: typeof OpenTelemetry): Instruments {
  const meter: Meter = api.metrics.getMeter(SCOPE);
  const seconds = (description: string) => ({
    description,
    unit: 's',
    advice: {
      explicitBucketBoundaries: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    },
  });
  return {
    api,
    tracer: api.trace.getTracer(SCOPE),
    handshakes: meter.createCounter('mintlify.handshakes', { description: 'Handshakes that have ended.' }),
    handshakeDuration: meter.createHistogram('mintlify.handshake.duration', seconds('Time of a handshake.')),
    stepDuration: meter.createHistogram(
      'mintlify.step.duration',
      seconds('Time of one step of a handshake.'),
    ),
  };
}

/** Of an error no more than its code: its message may be the host's own. */
function endStep(
  { api, stepDuration }: Instruments,
  span: Span,
  step: HandshakeStep,
  startedAt: number,
  error: unknown,
): void {
  const attributes: Attributes = { 'mintlify.step': step };
  if (error !== undefined) {
    attributes['error.type'] = isOwnError(error) ? error.code : '_OTHER';
    span.setAttributes(attributes);
    span.setStatus({ code: api.SpanStatusCode.ERROR });
  }
  stepDuration.record((performance.now() - startedAt) / 1_000, attributes);
  span.end();
}
