/** A chart's plot: user units of the SVG, whose origin is at the top left. */
export const PLOT = { width: 352, height: 176, left: 50, right: 350, top: 10, bottom: 150 } as const;

/** A part of a stacked bar. */
export interface Bar {
  series: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A line across the plot, with what it stands for. */
export interface GridLine {
  y: number;
  label: string;
}

/** A mark below the plot. */
export interface TimeMark {
  x: number;
  label: string;
}

/** Stacked bars: one for each step, of one part for each series that is not zero. */
export interface BarChart {
  bars: Bar[];
  grid: GridLine[];
}

/** Lines: the points of each series in runs, which are interrupted where there is nothing. */
export interface LineChart {
  lines: { series: string; points: string; dot: { x: number; y: number } | undefined }[];
  grid: GridLine[];
}

/** The upper end of an axis: 1, 2 or 5 with zeros, at least `value`. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((end) => end >= value) ?? value;
}

/** Stacks the series of each step, the first at the bottom. */
export function barChart(steps: readonly Record<string, number>[], series: readonly string[]): BarChart {
  const sums = steps.map((step) => series.reduce((sum, name) => sum + (step[name] ?? 0), 0));
  const end = Math.max(niceCeiling(Math.max(...sums)), 2);
  const bars = steps.flatMap((step, index) => stack(step, series, index, steps.length, end));
  return { bars, grid: gridOf(end, String) };
}

/** Draws each series over its steps. */
export function lineChart(
  steps: readonly Record<string, number | undefined>[],
  series: readonly string[],
  format: (value: number) => string,
): LineChart {
  const values = steps.flatMap((step) => series.map((name) => step[name] ?? 0));
  const end = niceCeiling(Math.max(...values));
  const lines = series.flatMap((name) =>
    runsOf(steps.map((step) => step[name])).map((run) => {
      const points = run.map(({ index, value }) => ({
        x: round(centerOf(index, steps.length)),
        y: round(heightOf(value, end)),
      }));
      const text = points.map(({ x, y }) => `${x},${y}`).join(' ');
      return { series: name, points: text, dot: points.length === 1 ? points[0] : undefined };
    }),
  );
  return { lines, grid: gridOf(end, format) };
}

/** Marks below some of the steps. */
export function timeMarks(labels: readonly (string | undefined)[]): TimeMark[] {
  return labels.flatMap((label, index) =>
    label === undefined ? [] : [{ x: round(centerOf(index, labels.length)), label }],
  );
}

function stack(
  step: Record<string, number>,
  series: readonly string[],
  index: number,
  steps: number,
  end: number,
): Bar[] {
  const room = (PLOT.right - PLOT.left) / steps;
  const bars: Bar[] = [];
  let below = 0;
  for (const name of series) {
    const value = step[name] ?? 0;
    if (value === 0) continue;
    const y = heightOf(below + value, end);
    bars.push({
      series: name,
      x: round(PLOT.left + index * room + room * 0.1),
      y: round(y),
      width: round(room * 0.8),
      height: round(heightOf(below, end) - y),
    });
    below += value;
  }
  return bars;
}

function gridOf(end: number, format: (value: number) => string): GridLine[] {
  return [0, end / 2, end].map((value) => ({ y: round(heightOf(value, end)), label: format(value) }));
}

function runsOf(values: readonly (number | undefined)[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    if (index === 0 || values[index - 1] === undefined) runs.push([]);
    runs.at(-1)?.push({ index, value });
  }
  return runs;
}

function centerOf(index: number, steps: number): number {
  return PLOT.left + ((index + 0.5) * (PLOT.right - PLOT.left)) / steps;
}

function heightOf(value: number, end: number): number {
  return PLOT.bottom - (value / end) * (PLOT.bottom - PLOT.top);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
