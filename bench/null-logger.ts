import type { LoggerService } from '@nestjs/common';

/** Discards all log lines, so that the cost of creating a line is measured but not that of a terminal. */
export class NullLogger implements LoggerService {
  log(): void {}

  warn(): void {}

  error(): void {}
}
