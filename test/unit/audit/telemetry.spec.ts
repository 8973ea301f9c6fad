import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
} from '@opentelemetry/sdk-trace-base';
import {
  IdentityService,
  MintlifyPersonalizationModule,
  MintlifySigningService,
} from 'nestjs-mintlify-personalization';
import { Telemetry } from '../../../libs/mintlify-personalization/src/audit/telemetry.js';
import { mapperOf } from '../../support/apps.support.js';
import { errorOf, SERVICES_ONLY, startModule } from '../../support/modules.support.js';

const spans = new InMemorySpanExporter();
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });

/** Everything that was measured since the last look. */
async function points(): Promise<Record<string, Pick<DataPoint<unknown>, 'attributes' | 'value'>[]>> {
  await reader.forceFlush();
  const all = metrics
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  metrics.reset();
  return Object.fromEntries(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({ attributes, value })),
    ]),
  );
}

describe('What an OpenTelemetry SDK is told', () => {
  beforeAll(() => {
    api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    api.trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
    );
    api.metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  });

  afterAll(async () => {
    await reader.shutdown();
    api.context.disable();
    api.trace.disable();
    api.metrics.disable();
  });

  beforeEach(async () => {
    spans.reset();
    await points();
  });

  const start = async (map: () => unknown = () => ({ groups: ['canary'] })) => {
    const module = await startModule({
      imports: [MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, claimMapper: mapperOf(map) })],
    });
    return { identity: module.get(IdentityService), signing: module.get(MintlifySigningService) };
  };

  it('is each step of a handshake, as a span and in a histogram, without a claim', async () => {
    const { identity, signing } = await start();
    await signing.sign(await identity.identify({ id: 'canary' }, {}));
    const finished = spans.getFinishedSpans();
    expect(finished.map(({ name }) => name)).toEqual(['mintlify.map', 'mintlify.validate', 'mintlify.sign']);
    const { 'mintlify.step.duration': steps = [] } = await points();
    expect(steps.map(({ attributes }) => attributes)).toEqual([
      { 'mintlify.step': 'map' },
      { 'mintlify.step': 'validate' },
      { 'mintlify.step': 'sign' },
    ]);
    expect(JSON.stringify(finished.map(({ attributes, events }) => ({ attributes, events })))).not.toContain(
      'canary',
    );
  });

  it('is of a step that failed its code, and not what was said', async () => {
    const { identity } = await start(() => Promise.reject(new Error('canary')));
    await errorOf(() => identity.identify({}, {}));
    const [span] = spans.getFinishedSpans();
    expect([span?.attributes, span?.status, span?.events]).toEqual([
      { 'mintlify.step': 'map', 'error.type': 'claim_mapper_failed' },
      { code: api.SpanStatusCode.ERROR },
      [],
    ]);
  });

  it('has the spans of the app inside of the step that made them', async () => {
    const { identity } = await start(async () => {
      await Promise.resolve();
      api.trace.getTracer('app').startSpan('query').end();
      return {};
    });
    await identity.identify({}, {});
    const [query, map] = spans.getFinishedSpans();
    expect(query?.parentSpanContext?.spanId).toBe(map?.spanContext().spanId);
  });

  it('is how a handshake ended, by labels of few values', async () => {
    const telemetry = await Telemetry.load();
    const ended = { handshake: 'jwt', outcome: 'ok', tenantClass: 'loaded' } as const;
    telemetry.countHandshake({ ...ended, durationMs: 12 });
    telemetry.countHandshake(ended);
    const attributes = {
      'mintlify.handshake': 'jwt',
      'mintlify.outcome': 'ok',
      'mintlify.tenant.class': 'loaded',
    };
    expect(await points()).toEqual({
      'mintlify.handshakes': [{ attributes, value: 2 }],
      'mintlify.handshake.duration': [
        { attributes, value: expect.objectContaining({ count: 1, sum: 0.012 }) },
      ],
    });
  });
});

describe('Without the package', () => {
  it('nothing is measured, and every step runs all the same', () => {
    const telemetry = new Telemetry(undefined);
    expect(telemetry.step('map', () => 5)).toBe(5);
    expect(() =>
      telemetry.step('sign', () => {
        throw new RangeError('own');
      }),
    ).toThrow(RangeError);
    telemetry.countHandshake({ handshake: 'jwt', outcome: 'ok', tenantClass: 'default', durationMs: 1 });
  });
});
