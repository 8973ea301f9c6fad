import type * as OpenTelemetry from '@opentelemetry/api';
import type { Counter, Histogram, Meter, MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';

/** The name of this library's instrumentation scope in OpenTelemetry. */
const SCOPE = 'nestjs-mintlify-personalization';

/** @internal The instruments of this library, created by an SDK. */
export interface Instruments {
  /** `undefined` if the SDK has no tracing. */
  readonly tracer: Tracer | undefined;
  readonly handshakes: Counter;
  readonly handshakeDuration: Histogram;
  readonly stepDuration: Histogram;
  readonly schemaViolations: Counter;
}

/** What `@opentelemetry/api` registers instead of an SDK's tracer provider, to which it delegates. */
interface TracerProviderProxy extends TracerProvider {
  getDelegate?: () => TracerProvider;
}

/**
 * The instruments of the SDK that is currently registered; created again if it changes. An SDK may be registered after
 * this library is loaded, and the meters of the API do not delegate to it.
 *
 * @internal
 */
export class TelemetryInstruments {
  readonly #api: typeof OpenTelemetry;
  readonly #noTracers: TracerProvider;
  readonly #noMeter: Meter;
  #tracers: TracerProvider | undefined;
  #meters: MeterProvider | undefined;
  #current: Instruments | undefined;

  constructor(api: typeof OpenTelemetry) {
    this.#api = api;
    this.#noTracers = new api.ProxyTracerProvider().getDelegate();
    this.#noMeter = api.createNoopMeter();
  }

  /** `undefined` without an SDK. Cheap enough to be read at each step. */
  get current(): Instruments | undefined {
    const proxy: TracerProviderProxy = this.#api.trace.getTracerProvider();
    const tracers = proxy.getDelegate?.() ?? proxy;
    const meters = this.#api.metrics.getMeterProvider();
    if (tracers !== this.#tracers || meters !== this.#meters) {
      this.#tracers = tracers;
      this.#meters = meters;
      this.#current = this.#create(tracers, meters);
    }
    return this.#current;
  }

  #create(tracers: TracerProvider, meters: MeterProvider): Instruments | undefined {
    const tracer = tracers === this.#noTracers ? undefined : tracers.getTracer(SCOPE);
    const meter = meters.getMeter(SCOPE);
    return tracer === undefined && meter === this.#noMeter ? undefined : createInstruments(tracer, meter);
  }
}

function createInstruments(tracer: Tracer | undefined, meter: Meter): Instruments {
  return {
    tracer,
    handshakes: meter.createCounter('mintlify.handshakes', { description: 'Completed handshakes.' }),
    handshakeDuration: createDuration(meter, 'mintlify.handshake.duration', 'Duration of a handshake.'),
    stepDuration: createDuration(meter, 'mintlify.step.duration', 'Duration of one step of a handshake.'),
    schemaViolations: meter.createCounter('mintlify.schema.violations', {
      description: 'Users that break the visitor schema of their claim mapper, and were sent anyway.',
    }),
  };
}

function createDuration(meter: Meter, name: string, description: string): Histogram {
  return meter.createHistogram(name, {
    description,
    unit: 's',
    advice: {
      explicitBucketBoundaries: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    },
  });
}
