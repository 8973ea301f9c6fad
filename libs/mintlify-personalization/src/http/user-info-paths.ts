import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { ResolvedHandshake } from '../options/handshakes.js';

/** What of Nest's `ApplicationConfig` says where routes are. */
export type RouteConfig = Pick<
  ApplicationConfig,
  'getGlobalPrefix' | 'getGlobalPrefixOptions' | 'getVersioning'
>;

/**
 * The paths at which Nest mounts a handshake: below the global prefix, unless that excludes it, the version where it
 * stands in the address, and the path that `RouterModule` gives the module.
 *
 * For what must be known before the router is asked; Nest keeps its own answer to itself.
 *
 * @internal
 * @returns matchers of a request's path
 */
export function findUserInfoPaths(
  { path, version }: ResolvedHandshake,
  config: RouteConfig,
  modulePath: string,
): ((path: string) => boolean)[] {
  const route = joinPath(modulePath, path);
  const prefix = isExcluded(route, config) ? '' : config.getGlobalPrefix();
  return listVersions(version, config).map((segment) => matcherOf(joinPath(prefix, segment, route)));
}

/** The versions that stand in the address, each with its prefix; one empty text where none does. */
function listVersions(version: ResolvedHandshake['version'], config: RouteConfig): string[] {
  const versioning = config.getVersioning();
  if (versioning?.type !== VersioningType.URI) return [''];
  const versions = [version ?? versioning.defaultVersion ?? VERSION_NEUTRAL].flat();
  const { prefix = 'v' } = versioning;
  return versions.map((each) => (each === VERSION_NEUTRAL ? '' : `${prefix || ''}${String(each)}`));
}

function isExcluded(route: string, config: RouteConfig): boolean {
  // Nest reads the option `exclude` into expressions when the prefix is set. 0 is RequestMethod.GET, 5 is ALL.
  const { exclude = [] } = config.getGlobalPrefixOptions() as {
    exclude?: { pathRegex: RegExp; requestMethod: number }[];
  };
  return exclude.some(
    ({ pathRegex, requestMethod }) => [0, 5].includes(requestMethod) && pathRegex.test(route),
  );
}

/** A path with one slash before each part, and none at the end. */
function joinPath(...parts: string[]): string {
  return parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .map((part) => `/${part}`)
    .join('');
}

/** As Express does by default: upper case is as good as lower case, and a slash at the end changes nothing. */
function matcherOf(pattern: string): (path: string) => boolean {
  const segments = pattern
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[^\w-]/g, String.raw`\$&`)));
  const expression = new RegExp(`^${segments.join('/')}/?$`, 'i');
  return (path) => expression.test(path);
}
