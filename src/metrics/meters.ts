import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Injection token of the {@link Meters}. */
export const METERS = Symbol('METERS');

/** What is measured in this process, and the way to read it. */
export interface Meters {
  /** Answers with all of it, in the text format of Prometheus. */
  reply(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * Starts to measure: from here on, whoever asks `@opentelemetry/api` for a meter gets a real one. To be called before the app
 * is built, since the library asks then. OpenTelemetry knows one provider for each process, the first.
 */
export function openMeters(): Meters {
  // Read over the app's own port.
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
