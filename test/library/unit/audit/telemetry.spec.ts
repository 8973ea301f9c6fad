import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as api from '@opentelemetry/api';
import {
  IdentityService,
  MintlifyPersonalizationModule,
  MintlifySigningService,
} from 'nestjs-mintlify-personalization';
import { Telemetry } from '../../../../libs/mintlify-personalization/src/audit/telemetry.js';
import { mapperOf } from '../../../support/apps.support.js';
import { TelemetryCollector } from '../../../support/telemetry.support.js';
import { errorOf, SERVICES_ONLY, startModule } from '../../../support/modules.support.js';
import { until } from '../../../support/until.support.js';

/** Where the package keeps a registered SDK. */
const REGISTERED_SDK = Symbol.for('opentelemetry.js.api.1');

describe('What an OpenTelemetry SDK is told', () => {
  const collector = new TelemetryCollector();

  beforeAll(() => void collector.start());
  afterAll(() => collector.stop());

  beforeEach(async () => {
    collector.takeSpans();
    await collector.takePoints();
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
    const finished = collector.takeSpans();
    expect(finished.map(({ name }) => name)).toEqual(['mintlify.map', 'mintlify.validate', 'mintlify.sign']);
    const { 'mintlify.step.duration': steps = [] } = await collector.takePoints();
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
    const [span] = collector.takeSpans();
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
    const [query, map] = collector.takeSpans();
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
    expect(await collector.takePoints()).toEqual({
      'mintlify.handshakes': [{ attributes, value: 2 }],
      'mintlify.handshake.duration': [
        { attributes, value: expect.objectContaining({ count: 1, sum: 0.012 }) },
      ],
    });
  });
});

describe('Without an SDK', () => {
  const ended = { handshake: 'jwt', outcome: 'ok', tenantClass: 'loaded', durationMs: 12 } as const;

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('a step makes no span, and is as synchronous as its task', async () => {
    const telemetry = await Telemetry.load();
    const startSpan = jest.spyOn(api.ProxyTracer.prototype, 'startActiveSpan');
    const getTracer = jest.spyOn(api.ProxyTracerProvider.prototype, 'getTracer');
    expect(telemetry.step('map', () => 5)).toBe(5);
    const later = Promise.resolve(6);
    expect(telemetry.step('sign', () => later)).toBe(later);
    telemetry.countHandshake(ended);
    expect(startSpan).not.toHaveBeenCalled();
    expect(getTracer).not.toHaveBeenCalled();
  });

  it('nothing is counted; one that is registered later, or in place of another, is told all that comes then', async () => {
    delete (globalThis as Record<symbol, unknown>)[REGISTERED_SDK];
    const telemetry = await Telemetry.load();
    telemetry.step('map', () => 5);
    telemetry.countHandshake(ended);
    const first = new TelemetryCollector().start();
    // The first step loads the package.
    await until(() => {
      telemetry.step('map', () => 5);
      return first.takeSpans().length > 0;
    });
    await first.stop();
    for (let times = 0; times < 3; times += 1) {
      const sdk = new TelemetryCollector().start();
      try {
        expect(telemetry.step('map', () => 5)).toBe(5);
        telemetry.countHandshake(ended);
        expect(sdk.takeSpans().map(({ name }) => name)).toEqual(['mintlify.map']);
        const points = await sdk.takePoints();
        expect(Object.keys(points).sort()).toEqual([
          'mintlify.handshake.duration',
          'mintlify.handshakes',
          'mintlify.step.duration',
        ]);
        expect(points['mintlify.handshakes']).toMatchObject([{ value: 1 }]);
      } finally {
        await sdk.stop();
      }
      expect(telemetry.step('map', () => 5)).toBe(5);
      telemetry.countHandshake(ended);
    }
  });
});

describe('An SDK', () => {
  let collector: TelemetryCollector;

  beforeEach(() => {
    collector = new TelemetryCollector();
  });
  afterEach(() => collector.stop());

  it('that has only metrics gets them', async () => {
    collector.startMetrics();
    const telemetry = await Telemetry.load();
    expect(telemetry.step('sign', () => 5)).toBe(5);
    expect(await telemetry.step('map', () => Promise.resolve(6))).toBe(6);
    expect(collector.takeSpans()).toEqual([]);
    expect((await collector.takePoints())['mintlify.step.duration']).toMatchObject([
      { attributes: { 'mintlify.step': 'sign' } },
      { attributes: { 'mintlify.step': 'map' } },
    ]);
  });

  it('that has only traces gets them', async () => {
    collector.startTraces();
    const telemetry = await Telemetry.load();
    expect(telemetry.step('sign', () => 5)).toBe(5);
    telemetry.countHandshake({ handshake: 'jwt', outcome: 'ok', tenantClass: 'loaded' });
    expect(collector.takeSpans().map(({ name }) => name)).toEqual(['mintlify.sign']);
  });

  it('sees a step that throws, and one that fails with no error', async () => {
    collector.start();
    const telemetry = await Telemetry.load();
    expect(() =>
      telemetry.step('sign', () => {
        throw new RangeError('canary');
      }),
    ).toThrow(RangeError);
    await expect(telemetry.step('map', () => Promise.reject(undefined))).rejects.toBeUndefined();
    expect(collector.takeSpans().map(({ attributes, status }) => [attributes, status])).toEqual([
      [{ 'mintlify.step': 'sign', 'error.type': '_OTHER' }, { code: api.SpanStatusCode.ERROR }],
      [{ 'mintlify.step': 'map', 'error.type': '_OTHER' }, { code: api.SpanStatusCode.ERROR }],
    ]);
  });
});
