import type * as OpenTelemetry from '@opentelemetry/api';
import type { Counter, Histogram, Meter, MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';

/** The name under which an OpenTelemetry SDK finds what this library measures. */
const SCOPE = 'nestjs-mintlify-personalization';

/** @internal What this library measures with, made by an SDK. */
export interface Instruments {
  /** `undefined` where the SDK only measures. */
  readonly tracer: Tracer | undefined;
  readonly handshakes: Counter;
  readonly handshakeDuration: Histogram;
  readonly stepDuration: Histogram;
}

/** What `@opentelemetry/api` registers in place of an SDK's tracers: it hands on to them. */
interface TracerProviderProxy extends TracerProvider {
  getDelegate?: () => TracerProvider;
}

/**
 * Gives the instruments of the SDK that is registered at the moment, and makes them when that is another one: an SDK may
 * come after this library was loaded, and the API's own meters never hand on to it.
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

  /** `undefined` where there is no SDK. Two look-ups, so that it can be asked at each step. */
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
    handshakes: meter.createCounter('mintlify.handshakes', { description: 'Handshakes that have ended.' }),
    handshakeDuration: createDuration(meter, 'mintlify.handshake.duration', 'Time of a handshake.'),
    stepDuration: createDuration(meter, 'mintlify.step.duration', 'Time of one step of a handshake.'),
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
