import { ConsoleLogger } from '@nestjs/common';
import type { LogLevel } from '@nestjs/common';
import type { LogFormat } from '../config/backend-config.js';

/** Where Nest says what it has mounted: many lines at each start, and nothing that a reader of this log asks for. */
const STARTUP_CONTEXTS = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Whose lines are JSON already. */
const AUDIT = 'MintlifyAudit';

/** Nest's own logger: for people, or as one JSON object a line. */
export class BackendLogger extends ConsoleLogger {
  constructor(format: LogFormat) {
    super({ json: format === 'json', logLevels: ['fatal', 'error', 'warn', 'log'], structuredParams: true });
  }

  protected override printMessages(
    messages: unknown[],
    context = '',
    logLevel: LogLevel = 'log',
    ...rest: [('stdout' | 'stderr')?, unknown?, Record<string, unknown>?]
  ): void {
    if (logLevel === 'log' && STARTUP_CONTEXTS.has(context)) return;
    super.printMessages(messages, context, logLevel, ...rest);
  }

  /** An audit event stays an object, where it would be a text with a JSON object inside. */
  protected override getJsonLogObject(
    ...[message, options]: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const isEvent = options.context === AUDIT && typeof message === 'string' && message.startsWith('{');
    return super.getJsonLogObject(isEvent ? (JSON.parse(message) as object) : message, options);
  }
}
