/** On a machine that does other things, a page may wait for so many times its deadline. */
const MAX_WAIT = 4;

/**
 * A deadline of work that a busy machine slows down: it passes once this process has had so much of the CPU, or after
 * four times as long.
 *
 * @example
 * const deadline = new CpuDeadline(30_000, () => stop());
 * deadline.clear();
 */
export class CpuDeadline {
  private timer?: NodeJS.Timeout;
  private readonly startedAtMs = performance.now();
  private readonly usage = process.cpuUsage();

  constructor(
    private readonly deadlineMs: number,
    private readonly onPassed: () => void,
  ) {
    this.wait(deadlineMs);
  }

  /** The work is done. */
  clear(): void {
    clearTimeout(this.timer);
  }

  private wait(ms: number): void {
    this.timer = setTimeout(() => this.check(), ms);
  }

  private check(): void {
    const { user, system } = process.cpuUsage(this.usage);
    const leftMs = Math.ceil(this.deadlineMs - (user + system) / 1000);
    const isOver = performance.now() - this.startedAtMs >= MAX_WAIT * this.deadlineMs;
    if (leftMs <= 0 || isOver) this.onPassed();
    else this.wait(leftMs);
  }
}
