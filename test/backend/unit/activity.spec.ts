import { describe, expect, it } from '@jest/globals';
import { barChart, lineChart, PLOT } from '../../../src/activity/activity-chart.js';
import { ActivityRecorder } from '../../../src/activity/activity-recorder.js';
import type { ActivityRepository } from '../../../src/activity/activity-repository.js';
import { activitySteps, firstStep } from '../../../src/activity/activity-series.js';
import type { ActivityCount } from '../../../src/activity/activity-counters.js';

const NOW = new Date('2030-01-01T12:03:20.000Z');
const count = (minute: string, name: string, count: number): ActivityCount => ({
  tenantId: 'acme',
  minute: new Date(`2030-01-01T${minute}:00.000Z`),
  name,
  count,
});

describe('the activity steps', () => {
  it('cover the last three hours in five minutes each, including the current step', () => {
    const steps = activitySteps([], NOW);
    expect(steps).toHaveLength(36);
    expect(steps[0]?.begin).toEqual(firstStep(NOW));
    expect(steps.at(0)?.begin.toISOString()).toBe('2030-01-01T09:05:00.000Z');
    expect(steps.at(-1)?.begin.toISOString()).toBe('2030-01-01T12:00:00.000Z');
    expect(steps.at(-1)).toMatchObject({ logins: 0, lookups: 0, refusals: 0, medianMs: undefined });
  });

  it('add up the minutes, and leave out older and future ones', () => {
    const steps = activitySteps(
      [
        count('09:04', 'logins', 100),
        count('09:05', 'logins', 1),
        count('09:09', 'logins', 2),
        count('12:03', 'refusals', 4),
        count('12:05', 'refusals', 100),
      ],
      NOW,
    );
    expect(steps[0]).toMatchObject({ logins: 3, refusals: 0 });
    expect(steps.at(-1)).toMatchObject({ logins: 0, refusals: 4 });
  });

  it.each([
    [{ latency_10: 4 }, 7.5, 9.75],
    [{ latency_1: 1, latency_2: 1 }, 1, 1.9],
    [{ latency_5: 9, latency_1000: 1 }, 2 + (3 * 5) / 9, 750],
    [{ latency_Infinity: 3 }, 5_000, 5_000],
  ])('estimate the median and p95 of %j', (latency, medianMs, p95Ms) => {
    const counts = Object.entries(latency).map(([name, each]) => count('12:00', name, each));
    const last = activitySteps(counts, NOW).at(-1);
    expect(last?.medianMs).toBeCloseTo(medianMs);
    expect(last?.p95Ms).toBeCloseTo(p95Ms);
  });
});

describe('the activity charts', () => {
  it.each([
    [0, ['0', '1', '2']],
    [1, ['0', '1', '2']],
    [3, ['0', '2', '4']],
    [10, ['0', '5', '10']],
    [11, ['0', '10', '20']],
    [6_000, ['0', '2000', '4000', '6000']],
  ])('label the axis for %d with %j', (value, labels) => {
    const { grid } = barChart([{ a: value }], ['a']);
    expect(grid.map(({ label }) => label)).toEqual(labels);
    expect(grid.at(0)?.y).toBe(PLOT.bottom);
    expect(grid.at(-1)?.y).toBe(PLOT.top);
  });

  it('stack the bars of a step from the bottom, within the plot', () => {
    const { bars, grid } = barChart(
      [
        { a: 0, b: 0 },
        { a: 2, b: 8 },
      ],
      ['a', 'b'],
    );
    expect(bars.map(({ series }) => series)).toEqual(['a', 'b']);
    const [a, b] = bars;
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeCloseTo(PLOT.bottom);
    expect((b?.y ?? 0) + (b?.height ?? 0)).toBeCloseTo(a?.y ?? 0);
    expect(b?.y).toBeCloseTo(PLOT.top);
    expect(grid.map(({ label }) => label)).toEqual(['0', '5', '10']);
  });

  it('leave a gap in a line where there is no value, and draw a dot for each value', () => {
    const { lines } = lineChart([{ a: 1 }, { a: 2 }, { a: undefined }, { a: 4 }], ['a'], String);
    const dots = [
      { x: 87.5, y: 115 },
      { x: 162.5, y: 80 },
      { x: 312.5, y: 10 },
    ];
    expect(lines).toEqual([{ series: 'a', path: 'M87.5,115L162.5,80M312.5,10Z', dots }]);
  });

  it('draw nothing for a series without values', () => {
    const { lines } = lineChart([{ a: undefined }], ['a'], String);
    expect(lines).toEqual([{ series: 'a', path: '', dots: [] }]);
  });
});

describe('the activity recorder', () => {
  const event = {
    type: 'login.succeeded',
    outcome: 'ok',
    tenantId: 'acme',
    occurredAt: NOW.toISOString(),
    durationMs: 3,
  } as const;

  /** A table that can fail. */
  class Table {
    isUnavailable = false;
    readonly batches: (readonly ActivityCount[])[] = [];

    add = async (counts: readonly ActivityCount[]): Promise<void> => {
      if (this.isUnavailable) throw new Error('unavailable');
      this.batches.push(counts.map((each) => ({ ...each })));
    };
  }

  const recorderOn = (table: Table) => new ActivityRecorder(table as unknown as ActivityRepository);

  it('writes one row per minute and counter, however many events there were', async () => {
    const table = new Table();
    const recorder = recorderOn(table);
    for (let round = 0; round < 1_000; round += 1) recorder.record(event);
    recorder.record({ ...event, type: 'user_info.refused', outcome: 'http_429' });
    await recorder.flush();
    expect(table.batches).toHaveLength(1);
    expect(table.batches[0]?.map(({ name, count }) => [name, count])).toEqual([
      ['logins', 1_000],
      ['latency_5', 1_000],
      ['refusals', 1],
    ]);
  });

  it('ignores events without a tenant, and events that are not the end of a handshake', async () => {
    const table = new Table();
    const recorder = recorderOn(table);
    recorder.record({ ...event, tenantId: undefined });
    recorder.record({ ...event, type: 'login.required' });
    recorder.record({ ...event, type: 'key.rotated' });
    await recorder.flush();
    expect(table.batches).toEqual([]);
  });

  it('keeps counts that could not be written, up to a limit, and writes them later', async () => {
    const table = new Table();
    const recorder = recorderOn(table);
    table.isUnavailable = true;
    for (let tenant = 0; tenant < 30_000; tenant += 1) recorder.record({ ...event, tenantId: `t${tenant}` });
    await recorder.flush();
    recorder.record({ ...event, tenantId: 't0' });
    table.isUnavailable = false;
    await recorder.flush();
    expect(table.batches[0]).toHaveLength(20_000);
    expect(table.batches[0]?.[0]).toMatchObject({ tenantId: 't0', name: 'logins', count: 2 });
    await recorder.onApplicationShutdown();
    expect(table.batches).toHaveLength(1);
  });

  it('writes the remaining counts on shutdown', async () => {
    const table = new Table();
    const recorder = recorderOn(table);
    recorder.record(event);
    await recorder.onApplicationShutdown();
    expect(table.batches).toHaveLength(1);
  });
});
