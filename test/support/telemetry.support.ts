import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type DataPoint,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

/** What was measured, by the name of the instrument. */
export type Points = Record<string, Pick<DataPoint<unknown>, 'attributes' | 'value'>[]>;

/** An OpenTelemetry SDK that keeps all that it is told. One at a time: it is a matter of the whole process. */
export class TelemetryCollector {
  readonly #spans = new InMemorySpanExporter();
  readonly #metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  readonly #reader = new PeriodicExportingMetricReader({
    exporter: this.#metrics,
    exportIntervalMillis: 3_600_000,
  });

  start(): this {
    this.startTraces();
    this.startMetrics();
    return this;
  }

  startTraces(): void {
    api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    api.trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(this.#spans)] }),
    );
  }

  startMetrics(): void {
    api.metrics.setGlobalMeterProvider(new MeterProvider({ readers: [this.#reader] }));
  }

  async stop(): Promise<void> {
    await this.#reader.shutdown();
    api.context.disable();
    api.trace.disable();
    api.metrics.disable();
  }

  /** The spans that have ended since the last look. */
  takeSpans(): ReadableSpan[] {
    const spans = [...this.#spans.getFinishedSpans()];
    this.#spans.reset();
    return spans;
  }

  /** Everything that was measured since the last look. */
  async takePoints(): Promise<Points> {
    await this.#reader.forceFlush();
    const all = this.#metrics
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
    this.#metrics.reset();
    return Object.fromEntries(
      all.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => ({ attributes, value })),
      ]),
    );
  }
}
