import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CpuDeadline } from '../../../libs/mintlify-docs-emulator/src/mdx/cpu-deadline.js';

/** How much of the CPU this process gets: 1 is all of a core. */
let share = 1;
const passed = jest.fn();
beforeEach(() => {
  jest.useFakeTimers();
  passed.mockClear();
  jest.spyOn(process, 'cpuUsage').mockImplementation((before) => ({
    user: performance.now() * 1000 * share - (before?.user ?? 0),
    system: 0,
  }));
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('a deadline of CPU', () => {
  it.each([
    ['all of a core: after its time', 1, 30_000],
    ['half of it: after twice its time', 0.5, 60_000],
    ['more than one core: not before its time', 2, 30_000],
    ['next to nothing: after four times its time', 0.001, 120_000],
  ])('passes with %s', (_, given, ms) => {
    share = given;
    const deadline = new CpuDeadline(30_000, passed);
    jest.advanceTimersByTime(ms - 10);
    expect(passed).not.toHaveBeenCalled();
    jest.advanceTimersByTime(30_000);
    expect(passed).toHaveBeenCalledTimes(1);
    deadline.clear();
  });

  it('does not pass once it is cleared', () => {
    share = 0.5;
    const deadline = new CpuDeadline(1_000, passed);
    jest.advanceTimersByTime(1_500);
    deadline.clear();
    jest.advanceTimersByTime(10_000);
    expect(passed).not.toHaveBeenCalled();
  });
});
