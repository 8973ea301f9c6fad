import { createSecretKey } from 'node:crypto';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { AuditEvent, AuditSink } from 'nestjs-mintlify-personalization';
import {
  AuditRecorder,
  type AuditEntry,
} from '../../../../libs/mintlify-personalization/src/audit/audit.recorder.js';
import { NOW_MS, StoppedClock } from '../../../support/clock.support.js';
import { LogCollector } from '../../../support/log-collector.support.js';

const WHOLE: AuditEntry = {
  keyId: '2026-11',
  durationMs: 3.2,
  principal: { id: 'ada' },
  groupCount: 2,
  tenantId: 'acme',
  outcome: 'ok',
  handshake: 'jwt',
  type: 'login.succeeded',
};

describe('AuditRecorder', () => {
  let logs: LogCollector;
  let clock: StoppedClock;
  const record = jest.fn<AuditSink['record']>();

  beforeEach(() => {
    logs = new LogCollector();
    Logger.overrideLogger(logs);
    clock = new StoppedClock();
    record.mockReset();
  });

  const recorder = (): AuditRecorder => {
    const audit = {
      subject: (principal: unknown) => (principal as { id?: string }).id,
      subjectKey: createSecretKey(Buffer.alloc(32, 7)),
    };
    const created = new AuditRecorder({ audit }, clock, { get: () => ({ record }) } as unknown as ModuleRef);
    created.onModuleInit();
    return created;
  };
  const recorded = (): AuditEvent[] => record.mock.calls.map(([event]) => event);

  it('gives every event the same order, whatever that of the entry was', () => {
    recorder().record(WHOLE);
    expect(recorded().map((event) => Object.entries(event))).toEqual([
      [
        ['occurredAt', '2030-01-01T00:00:00.500Z'],
        ['type', 'login.succeeded'],
        ['handshake', 'jwt'],
        ['outcome', 'ok'],
        ['tenantId', 'acme'],
        ['subject', expect.stringMatching(/^[\w-]{22}$/)],
        ['groupCount', 2],
        ['durationMs', 3.2],
        ['keyId', '2026-11'],
      ],
    ]);
  });

  it('leaves out what is not known, and lets no sink change what is', () => {
    const nothing = { handshake: undefined, tenantId: undefined, groupCount: undefined, keyId: undefined };
    recorder().record({ ...nothing, durationMs: undefined, type: 'redirect.refused', outcome: 'too_long' });
    expect(recorded()).toStrictEqual([
      { occurredAt: '2030-01-01T00:00:00.500Z', type: 'redirect.refused', outcome: 'too_long' },
    ]);
    expect(Object.isFrozen(recorded()[0])).toBe(true);
  });

  it('keeps zeros', () => {
    recorder().record({ type: 'user_info.served', outcome: 'ok', groupCount: 0, durationMs: 0 });
    expect(recorded()).toMatchObject([{ groupCount: 0, durationMs: 0 }]);
  });

  it('tells each time, however many events it has', () => {
    const audit = recorder();
    for (const stepMs of [0, 0, 1, 0, -1, 86_400_000]) {
      clock.nowMs += stepMs;
      audit.record(WHOLE);
    }
    expect(recorded().map(({ occurredAt }) => Date.parse(occurredAt) - NOW_MS)).toEqual([
      0, 0, 1, 1, 0, 86_400_000,
    ]);
  });

  it.each([NaN, Infinity, 8.64e15 + 1])('tells the time of the machine where the clock says %p', (wrong) => {
    const audit = recorder();
    jest.useFakeTimers({ now: NOW_MS + 1_000 });
    try {
      clock.nowMs = wrong;
      audit.record(WHOLE);
      jest.setSystemTime(NOW_MS + 2_000);
      audit.record(WHOLE);
    } finally {
      jest.useRealTimers();
    }
    expect(recorded().map(({ occurredAt }) => Date.parse(occurredAt) - NOW_MS)).toEqual([1_000, 2_000]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new RangeError('canary');
      },
    ],
    ['rejects', () => Promise.reject(new RangeError('canary'))],
  ])('writes an event into the log where the sink %s', async (_, fail) => {
    record.mockImplementation(fail);
    recorder().record(WHOLE);
    await new Promise(setImmediate);
    expect(logs.lines).toEqual([
      expect.stringMatching(/^error The audit sink failed; its event follows in the log\. RangeError/),
      expect.stringMatching(/^log \{"occurredAt":"2030-01-01T00:00:00\.500Z","type":"login\.succeeded",/),
    ]);
    expect(logs.text).not.toContain('canary');
  });
});
