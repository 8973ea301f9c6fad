import type { Account } from '../accounts/account.js';
import { PLOT, barChart, lineChart, timeMarks } from '../activity/activity-chart.js';
import type { BarChart, LineChart, TimeMark } from '../activity/activity-chart.js';
import { ACTIVITY_HOURS } from '../activity/activity-series.js';
import type { ActivityStep } from '../activity/activity-series.js';
import { ACTIVITY_COUNTERS } from '../activity/activity-counters.js';
import type { ActivityCounter } from '../activity/activity-counters.js';

/** The path of the activity page. */
export const ACTIVITY_PATH = '/admin/activity';

/** A row of the table, formatted. */
interface ActivityRow extends Record<ActivityCounter, number> {
  iso: string;
  time: string;
  median: string;
  p95: string;
}

/** What the template `activity.eta` shows. */
export interface ActivityPage {
  title: string;
  company: string;
  hours: number;
  plot: typeof PLOT;
  totals: Record<ActivityCounter, number>;
  isEmpty: boolean;
  counts: BarChart;
  latency: LineChart;
  marks: TimeMark[];
  /** The steps in which something happened, newest first. */
  rows: ActivityRow[];
}

/** The model of the activity page of a tenant. */
export function activityPage({ company }: Account, steps: readonly ActivityStep[]): ActivityPage {
  const totals = Object.fromEntries(
    ACTIVITY_COUNTERS.map((name) => [name, steps.reduce((sum, step) => sum + step[name], 0)]),
  ) as Record<ActivityCounter, number>;
  const rows = steps.filter((step) => ACTIVITY_COUNTERS.some((name) => step[name] > 0));
  return {
    title: 'Activity',
    company,
    hours: ACTIVITY_HOURS,
    plot: PLOT,
    totals,
    isEmpty: rows.length === 0,
    counts: barChart(
      steps.map(({ logins, lookups, refusals }) => ({ logins, lookups, refusals })),
      ACTIVITY_COUNTERS,
    ),
    latency: lineChart(
      steps.map(({ medianMs, p95Ms }) => ({ medianMs, p95Ms })),
      ['medianMs', 'p95Ms'],
      formatMs,
    ),
    marks: timeMarks(
      steps.map(({ begin }) => (begin.getUTCMinutes() % 30 === 0 ? timeOf(begin) : undefined)),
    ),
    rows: rows.toReversed().map(activityRow),
  };
}

function activityRow({ begin, medianMs, p95Ms, logins, lookups, refusals }: ActivityStep): ActivityRow {
  return {
    iso: begin.toISOString(),
    time: timeOf(begin),
    logins,
    lookups,
    refusals,
    median: formatMs(medianMs),
    p95: formatMs(p95Ms),
  };
}

function timeOf(time: Date): string {
  return time.toISOString().slice(11, 16);
}

function formatMs(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms >= 1_000) return `${Number((ms / 1_000).toPrecision(2))} s`;
  return `${Number(ms.toPrecision(2))} ms`;
}
