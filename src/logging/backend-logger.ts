import { ConsoleLogger } from '@nestjs/common';
import type { LogLevel } from '@nestjs/common';
import type { LogFormat } from '../config/backend-config.js';

/** The contexts in which Nest logs each module and route at start. These lines are left out. */
const STARTUP_CONTEXTS = new Set([
  'NestFactory',
  'NestApplication',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** The context of audit events, which are logged as JSON. */
const AUDIT_CONTEXT = 'MintlifyAudit';

/** Nest's own logger, as text or as one JSON object per line. */
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

  /** Logs an audit event as a nested object instead of a string of JSON. */
  protected override getJsonLogObject(
    ...[message, options]: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const isEvent =
      options.context === AUDIT_CONTEXT && typeof message === 'string' && message.startsWith('{');
    return super.getJsonLogObject(isEvent ? (JSON.parse(message) as object) : message, options);
  }
}
