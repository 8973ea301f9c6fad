import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Injection token of the {@link Meters}. */
export const METERS = Symbol('METERS');

/** The metrics of this process. */
export interface Meters {
  /** Answers with all metrics, in the text format of Prometheus. */
  reply(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * Registers a meter provider with `@opentelemetry/api`. Call it before the app is built, since the library gets its
 * meter then. OpenTelemetry accepts one provider per process, the first.
 */
export function openMeters(): Meters {
  // Metrics are served on the port of the app, not on one of their own.
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const isFirst = metrics.setGlobalMeterProvider(provider);
  return {
    reply: (request, response) => exporter.getMetricsRequestHandler(request, response),
    close: async () => {
      if (isFirst) metrics.disable();
      await provider.shutdown();
    },
  };
}
