import type { ControllerOptions, ExceptionFilter, Type } from '@nestjs/common';
import { MetadataScanner, type ApplicationConfig, type ModulesContainer } from '@nestjs/core';

/*
 * Everything that this library uses of Nest beyond its public API. `test/package` tests it with all supported major
 * versions of Nest.
 */

/** The metadata key of `RouterModule` for the path of a module, followed by the id of the app. */
const MODULE_PATH = '__module_path__';
/** The metadata key of `@Catch()` for the classes of a filter. */
const CAUGHT_CLASSES = '__filterCatchExceptions__';
/** The metadata keys of `@Controller()`, `@Get()`, `@Version()` and `@Redirect()`. */
const PATH = 'path';
const METHOD = 'method';
const VERSION = '__version__';
const REDIRECT = '__redirect__';
/** The values of Nest's `RequestMethod`. */
const REQUEST_METHODS = { GET: 0, POST: 1, ALL: 5 };

/**
 * The path of a module in `RouterModule`; an empty string if it has none.
 *
 * @internal
 */
export function readModulePath(modules: Pick<ModulesContainer, 'applicationId'>, module: Type): string {
  const keys = [MODULE_PATH + modules.applicationId, MODULE_PATH];
  const paths = keys.map((key) => Reflect.getMetadata(key, module) as string | undefined);
  return paths.find((path) => path !== undefined) ?? '';
}

/**
 * The path in `RouterModule` of the module of a provider.
 *
 * @internal
 */
export function findModulePath(modules: ModulesContainer, token: Type<object>, instance: object): string {
  const own = [...modules.values()].find(({ providers }) => providers.get(token)?.instance === instance);
  return own === undefined ? '' : readModulePath(modules, own.metatype);
}

/**
 * Whether a route is excluded from the global prefix. Nest converts the option `exclude` to regular expressions.
 *
 * @internal
 */
export function isExcludedFromPrefix(
  route: string,
  config: Pick<ApplicationConfig, 'getGlobalPrefixOptions'>,
  method: 'GET' | 'POST',
): boolean {
  const { exclude = [] } = config.getGlobalPrefixOptions() as {
    exclude?: { pathRegex: RegExp; requestMethod: number }[];
  };
  return exclude.some(
    ({ pathRegex, requestMethod }) =>
      (requestMethod === REQUEST_METHODS.ALL || requestMethod === REQUEST_METHODS[method]) &&
      pathRegex.test(route),
  );
}

/** @internal A handler of a controller of the host app. */
export interface HandlerRoute {
  /** The name of its method in the class. */
  readonly handler: string;
  /** All paths, without the global prefix, the version and the path of the module. */
  readonly paths: readonly string[];
  readonly version: ControllerOptions['version'];
  /** Whether it answers `GET` and no other method. */
  readonly isGet: boolean;
  /** Whether it has `@Redirect()`. */
  readonly isRedirect: boolean;
}

/**
 * The handlers of a controller that have a metadata key.
 *
 * @internal
 */
export function listHandlers(controller: Type, key: string): HandlerRoute[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => ({ name, method: prototype[name] as object }))
    .filter(({ method }) => Reflect.hasMetadata(key, method))
    .map(({ name, method }) => ({
      handler: name,
      paths: joinPaths(read(PATH, controller), read(PATH, method)),
      version: (read(VERSION, method) ?? read(VERSION, controller)) as ControllerOptions['version'],
      isGet: read(METHOD, method) === REQUEST_METHODS.GET,
      isRedirect: read(REDIRECT, method) !== undefined,
    }));
}

function read(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}

/** Both may be one path or several. */
function joinPaths(ofController: unknown, ofMethod: unknown): string[] {
  const [prefixes, paths] = [ofController, ofMethod].map((path) => [path ?? ''].flat() as string[]);
  return (prefixes ?? []).flatMap((prefix) => (paths ?? []).map((path) => `${prefix}/${path}`));
}

/** @internal A global filter of the host app, and whether it is specific to the exception. */
export interface HostFilter {
  readonly filter: ExceptionFilter;
  /** Whether it catches a class of the host app, and not one of Nest's or `Error`. */
  readonly isSpecific: boolean;
}

/**
 * The global filter that Nest would use for an exception without this library's filter: the matching one that was added
 * last.
 *
 * @internal
 * @param common exception classes that are not specific to the host app
 */
export function findHostFilter(
  config: Pick<ApplicationConfig, 'getGlobalFilters'>,
  exception: unknown,
  common: readonly unknown[],
): HostFilter | undefined {
  const filters = config.getGlobalFilters().toReversed();
  for (const filter of filters) {
    const caught = (Reflect.getMetadata(CAUGHT_CLASSES, filter.constructor) ?? []) as Type[];
    const matching = caught.filter((each) => exception instanceof each);
    if (caught.length === 0) return { filter, isSpecific: false };
    if (matching.length > 0) return { filter, isSpecific: matching.some((each) => !common.includes(each)) };
  }
  return undefined;
}

/** The parts of `@nestjs/passport` that are needed here. */
interface StrategyMixin {
  (strategy: Type): { readonly prototype: { getPassportInstance?: () => unknown } };
}

/**
 * The names of the passport strategies that are registered, or `undefined` if this version of `passport` does not say.
 *
 * @internal
 * @param mixin `PassportStrategy` of `@nestjs/passport`, which knows the instance of `passport` that its guards use
 */
export function readStrategyNames(mixin: unknown): string[] | undefined {
  const { prototype } = (mixin as StrategyMixin)(Object);
  const { _strategies: strategies } = Object(prototype.getPassportInstance?.()) as { _strategies?: unknown };
  return typeof strategies === 'object' && strategies !== null ? Object.keys(strategies) : undefined;
}
