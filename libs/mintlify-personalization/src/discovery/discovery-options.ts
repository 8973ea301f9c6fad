import type { ModuleMetadata } from '@nestjs/common';
import { DECORATORS_OPTION } from '../options/handshake-decorators.js';
import { checkGuards, type HandshakeGuard } from '../options/handshake-guards.js';
import { checkHandshakePath } from '../options/handshake-paths.js';
import { PRINCIPAL_OPTION } from '../options/handshake-principal.js';
import { invalidOptionError } from '../options/invalid-option-error.js';
import { integerInRange } from '../options/option-checks.js';
import { resolveTable, type OptionTable, type ResolvedTable } from '../options/option-table.js';
import { checkPageOrigins } from '../options/page-origins.js';

/** The limits of `DocsDiscoveryModule`: these options may come from a factory. */
export interface DocsDiscoveryLimits {
  /**
   * Milliseconds, 1 to 60,000: the timeout of a search, of a page, and of an answer until it begins. Default 10,000.
   */
  timeoutMs?: number;
  /** Milliseconds, 1 to 600,000: the timeout of a whole answer of the assistant, once it has begun. Default 120,000. */
  answerTimeoutMs?: number;
  /** Bytes, 1,024 to 1,048,576: the largest request that is sent to the API. Default 65,536. */
  maxRequestBytes?: number;
  /** Bytes, 1,024 to 104,857,600: the largest answer, decompressed. Default 5,242,880. */
  maxResponseBytes?: number;
  /** Whole number, 1 to 100: how many calls of one visitor run at once. Further ones get 429. Default 3. */
  maxConcurrentPerVisitor?: number;
  /** Whole number, 1 to 100,000: how many calls run at once in this process. Further ones get 503. Default 200. */
  maxConcurrent?: number;
}

/** The routes for your own pages: `POST docs/search`, `POST docs/page` and `POST docs/assistant`. */
export interface DocsDiscoveryRoutes {
  /**
   * The guards, in this order, as for handshakes: they put the principal on `request.user`. Required; use an empty list if a
   * global guard does this.
   */
  guards: HandshakeGuard[];
  /**
   * The origins of your pages that may use the routes, exactly as browsers send them: `https://app.foo.com`. A request from
   * any other origin, or without one, gets 403. List the origin of this API too, if its pages do. Required. Or a function
   * that decides, as for `handshakes.viewAs.origins`.
   */
  origins: string[] | ((origin: string) => boolean);
  /** The path before `/search`, `/page` and `/assistant`, after your global prefix. Default `'docs'`. */
  path?: string;
  /** Reads the principal from the request, after the guards. Default: `request.user`. */
  principal?: (request: never) => unknown;
  /** Class decorators for the controller of the routes, such as those that tell a global guard about it. Default: none. */
  decorators?: ClassDecorator[];
}

/** The static options of `DocsDiscoveryModule`: they cannot come from a factory. */
export interface DocsDiscoveryComposition {
  /** Mounts the routes. Default: none; your own controllers call `DocsDiscoveryService`. */
  routes?: DocsDiscoveryRoutes;
  /** Modules that export the dependencies of the guards. */
  imports?: ModuleMetadata['imports'];
  /** Whether other modules can inject `DocsDiscoveryService` without importing this module. Default `false`. */
  isGlobal?: boolean;
}

/** The options of `DocsDiscoveryModule.forRoot()`. */
export type DocsDiscoveryOptions = DocsDiscoveryLimits & DocsDiscoveryComposition;

const LIMITS = {
  timeoutMs: integerInRange({ min: 1, max: 60_000, defaultValue: 10_000 }),
  answerTimeoutMs: integerInRange({ min: 1, max: 600_000, defaultValue: 120_000 }),
  maxRequestBytes: integerInRange({ min: 1_024, max: 1_048_576, defaultValue: 65_536 }),
  maxResponseBytes: integerInRange({ min: 1_024, max: 104_857_600, defaultValue: 5_242_880 }),
  maxConcurrentPerVisitor: integerInRange({ min: 1, max: 100, defaultValue: 3 }),
  maxConcurrent: integerInRange({ min: 1, max: 100_000, defaultValue: 200 }),
} as const satisfies OptionTable<keyof DocsDiscoveryLimits, unknown>;

const ROUTES = {
  guards: { check: checkRouteGuards },
  origins: { check: checkPageOrigins },
  path: {
    defaultValue: 'docs',
    check: (option: string, value: unknown) => checkHandshakePath(option, value, 'docs', false),
  },
  principal: PRINCIPAL_OPTION,
  decorators: DECORATORS_OPTION,
} as const satisfies OptionTable<keyof DocsDiscoveryRoutes, unknown>;

/** @internal All defaults filled in. Frozen. */
export type ResolvedDiscoveryLimits = ResolvedTable<typeof LIMITS>;
/** @internal */
export type ResolvedDiscoveryRoutes = ResolvedTable<typeof ROUTES>;

/** @internal Injection token of {@link ResolvedDiscoveryLimits}. */
export const DISCOVERY_LIMITS = Symbol('DISCOVERY_LIMITS');
/** @internal Injection token of {@link ResolvedDiscoveryRoutes}; `undefined` if none are mounted. */
export const DISCOVERY_ROUTES = Symbol('DISCOVERY_ROUTES');

/**
 * Checks the limits and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveDiscoveryLimits(options: unknown = {}): ResolvedDiscoveryLimits {
  return resolveTable('', options, LIMITS, undefined);
}

/**
 * Checks the routes and fills in the defaults.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveDiscoveryRoutes(options: unknown): ResolvedDiscoveryRoutes | undefined {
  return options === undefined ? undefined : resolveTable('routes', options, ROUTES, undefined);
}

function checkRouteGuards(option: string, value: unknown): HandshakeGuard[] {
  if (value !== undefined) return checkGuards(option, value, 'your own guards');
  throw invalidOptionError(
    option,
    'is missing',
    'Set it to the guards that log your visitors in, or to [] if a global guard does.',
  );
}
