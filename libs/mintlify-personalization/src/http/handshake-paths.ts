import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { ResolvedHandshake } from '../options/handshakes.js';
import { isExcludedFromPrefix } from './nest-internals.js';

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
 * @returns paths with one slash before each segment, with parameters as the option has them
 */
export function listHandshakePaths(
  { path, version }: ResolvedHandshake,
  config: RouteConfig,
  modulePath: string,
): string[] {
  const route = joinPath(modulePath, path);
  const prefix = isExcludedFromPrefix(route, config) ? '' : config.getGlobalPrefix();
  return listVersions(version, config).map((segment) => joinPath(prefix, segment, route));
}

/**
 * Whether browsers can reach a handshake: with versioning by header or media type, a route that has a version is
 * hidden from all that send none.
 *
 * @internal
 */
export function isHiddenByVersion({ version }: ResolvedHandshake, config: RouteConfig): boolean {
  const versioning = config.getVersioning();
  if (versioning === undefined || versioning.type === VersioningType.URI) return false;
  if (versioning.type === VersioningType.CUSTOM) return false;
  const versions = [version ?? versioning.defaultVersion ?? []].flat();
  return versions.length > 0 && !versions.includes(VERSION_NEUTRAL);
}

/** The versions that stand in the address, each with its prefix; one empty text where none does. */
function listVersions(version: ResolvedHandshake['version'], config: RouteConfig): string[] {
  const versioning = config.getVersioning();
  if (versioning?.type !== VersioningType.URI) return [''];
  const versions = [version ?? versioning.defaultVersion ?? VERSION_NEUTRAL].flat();
  const { prefix = 'v' } = versioning;
  return versions.map((each) => (each === VERSION_NEUTRAL ? '' : `${prefix || ''}${String(each)}`));
}

/** A path with one slash before each part, and none at the end. */
function joinPath(...parts: string[]): string {
  return parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .map((part) => `/${part}`)
    .join('');
}
