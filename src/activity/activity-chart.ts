import { scaleLinear } from 'd3-scale';
import type { ScaleLinear } from 'd3-scale';
import { line, stack } from 'd3-shape';

/** The plot area of a chart, in user units of the SVG, whose origin is at the top left. */
export const PLOT = { width: 352, height: 176, left: 50, right: 350, top: 10, bottom: 150 } as const;

/** One segment of a stacked bar. */
export interface Bar {
  series: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A horizontal grid line with its label. */
export interface GridLine {
  y: number;
  label: string;
}

/** A label below the plot. */
export interface TimeMark {
  x: number;
  label: string;
}

/** Stacked bars, one per step, without the segments that are zero. */
export interface BarChart {
  bars: Bar[];
  grid: GridLine[];
}

/** One line per series: an SVG path, with gaps where a step has no value, and a dot for each value. */
export interface LineChart {
  lines: { series: string; path: string; dots: { x: number; y: number }[] }[];
  grid: GridLine[];
}

/** Stacks the series of each step, the first at the bottom. */
export function barChart(steps: readonly Record<string, number>[], series: readonly string[]): BarChart {
  const layers = stack().keys(series)(steps);
  const x = xScale(steps.length);
  const y = yScale(Math.max(2, ...layers.flat().map(([, end]) => end)));
  const width = round(x(0.8) - x(0));
  const bars = layers.flatMap((layer) =>
    layer.flatMap(([start, end], index) => {
      if (start === end) return [];
      const height = round(y(start) - y(end));
      return [{ series: layer.key, x: round(x(index + 0.1)), y: round(y(end)), width, height }];
    }),
  );
  return { bars, grid: gridOf(y, String) };
}

/** Draws each series over its steps. */
export function lineChart(
  steps: readonly Record<string, number | undefined>[],
  series: readonly string[],
  format: (value: number) => string,
): LineChart {
  const x = xScale(steps.length);
  const y = yScale(Math.max(1, ...steps.flatMap((step) => series.map((name) => step[name] ?? 0))));
  const path = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, index) => x(index + 0.5))
    .y((value) => y(value ?? 0))
    .digits(1);
  const lines = series.map((name) => {
    const values = steps.map((step) => step[name]);
    const dots = values.flatMap((value, index) =>
      value === undefined ? [] : [{ x: round(x(index + 0.5)), y: round(y(value)) }],
    );
    return { series: name, path: path(values) ?? '', dots };
  });
  return { lines, grid: gridOf(y, format) };
}

/** Labels below some of the steps. */
export function timeMarks(labels: readonly (string | undefined)[]): TimeMark[] {
  const x = xScale(labels.length);
  return labels.flatMap((label, index) => (label === undefined ? [] : [{ x: round(x(index + 0.5)), label }]));
}

/** From step to step: a step starts at its index, and ends at the next. */
function xScale(steps: number): ScaleLinear<number, number> {
  return scaleLinear([0, steps], [PLOT.left, PLOT.right]);
}

/** From zero to a round number that is at least `max`. */
function yScale(max: number): ScaleLinear<number, number> {
  return scaleLinear([0, max], [PLOT.bottom, PLOT.top]).nice(2);
}

function gridOf(y: ScaleLinear<number, number>, format: (value: number) => string): GridLine[] {
  return y.ticks(2).map((value) => ({ y: round(y(value)), label: format(value) }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
