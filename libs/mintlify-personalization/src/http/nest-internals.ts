import type { ExceptionFilter, Type } from '@nestjs/common';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';

/*
 * All that this library reads of Nest beyond its public API. `test/package` runs each on every major of Nest that the
 * peer dependencies allow.
 */

/** Where `RouterModule` notes the path of a module, with the id of the app after it. */
const MODULE_PATH = '__module_path__';
/** Where `@Catch()` notes the classes of a filter. */
const CAUGHT_CLASSES = '__filterCatchExceptions__';
/** `RequestMethod.GET` and `RequestMethod.ALL`, as the excluded routes of a prefix have them. */
const GET_OR_ALL = new Set([0, 5]);

/**
 * The path that `RouterModule` gives a module; an empty text where it gives none.
 *
 * @internal
 */
export function readModulePath(modules: Pick<ModulesContainer, 'applicationId'>, module: Type): string {
  const keys = [MODULE_PATH + modules.applicationId, MODULE_PATH];
  const paths = keys.map((key) => Reflect.getMetadata(key, module) as string | undefined);
  return paths.find((path) => path !== undefined) ?? '';
}

/**
 * The path that `RouterModule` gives the module of a provider.
 *
 * @internal
 */
export function findModulePath(modules: ModulesContainer, token: Type<object>, instance: object): string {
  const own = [...modules.values()].find(({ providers }) => providers.get(token)?.instance === instance);
  return own === undefined ? '' : readModulePath(modules, own.metatype);
}

/**
 * Whether the global prefix leaves a route out. Nest reads the option `exclude` into expressions when the prefix is set.
 *
 * @internal
 */
export function isExcludedFromPrefix(
  route: string,
  config: Pick<ApplicationConfig, 'getGlobalPrefixOptions'>,
): boolean {
  const { exclude = [] } = config.getGlobalPrefixOptions() as {
    exclude?: { pathRegex: RegExp; requestMethod: number }[];
  };
  return exclude.some(
    ({ pathRegex, requestMethod }) => GET_OR_ALL.has(requestMethod) && pathRegex.test(route),
  );
}

/** @internal A filter of the host app's for the whole app, and whether it is for this kind of exception alone. */
export interface HostFilter {
  readonly filter: ExceptionFilter;
  /** Whether it names a class of the host app's own, and not one of Nest's or `Error`. */
  readonly isSpecific: boolean;
}

/**
 * The filter that Nest would ask about an exception, if this library's own were not there: of the filters for the whole
 * app the one that was added last.
 *
 * @internal
 * @param common classes of exceptions that say nothing of the host app's own
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
