import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import type { ResolvedHandshake } from '../options/resolved-handshake.js';
import type { HandshakeMethod } from './handshake.definition.js';
import { isExcludedFromPrefix } from './nest-internals.js';

/** The parts of Nest's `ApplicationConfig` that decide on the paths of routes. */
export type RouteConfig = Pick<
  ApplicationConfig,
  'getGlobalPrefix' | 'getGlobalPrefixOptions' | 'getVersioning'
>;

/**
 * The paths at which Nest mounts a handshake. Each consists of the global prefix, the version if it is part of the URL,
 * the path of the module in `RouterModule`, and the path of the handshake. Nest has no public API for this, and the
 * paths are needed before the router runs.
 *
 * @internal
 * @returns paths with one slash before each segment, with parameters as in the option
 */
export function listHandshakePaths(
  { path, version }: Pick<ResolvedHandshake, 'path' | 'version'>,
  config: RouteConfig,
  modulePath: string,
  method: HandshakeMethod = 'GET',
): string[] {
  const route = joinPath(modulePath, path);
  const prefix = isExcludedFromPrefix(route, config, method) ? '' : config.getGlobalPrefix();
  return listVersions(version, config).map((segment) => joinPath(prefix, segment, route));
}

/**
 * Whether browsers cannot reach a handshake: with versioning by header or media type, a route with a version is hidden
 * from clients that send no version.
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

/** The versions in the URL, each with its prefix; one empty string if there is none. */
function listVersions(version: ResolvedHandshake['version'], config: RouteConfig): string[] {
  const versioning = config.getVersioning();
  if (versioning?.type !== VersioningType.URI) return [''];
  const versions = [version ?? versioning.defaultVersion ?? VERSION_NEUTRAL].flat();
  const { prefix = 'v' } = versioning;
  return versions.map((each) => (each === VERSION_NEUTRAL ? '' : `${prefix || ''}${String(each)}`));
}

/** Joins parts with one slash before each, and none at the end. */
function joinPath(...parts: string[]): string {
  return parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .map((part) => `/${part}`)
    .join('');
}
