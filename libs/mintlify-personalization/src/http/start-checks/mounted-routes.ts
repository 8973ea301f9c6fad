import { VERSION_NEUTRAL, type VersioningOptions } from '@nestjs/common';
import { doPathsOverlap } from '../../options/handshake-paths.js';
import type { ResolvedHandshake, ResolvedHandshakes } from '../../options/handshakes.js';
import { invalidOptionError } from '../../options/invalid-option-error.js';

/** @internal One route of a handshake, as one import of the library's module mounts it. */
export interface MountedRoute {
  /** The option that says where: `handshakes.jwt.path`. */
  readonly option: string;
  readonly path: string;
  /** Below the path that `RouterModule` gives the module; without global prefix and version. */
  readonly fullPath: string;
  readonly version: ResolvedHandshake['version'];
}

/**
 * The routes of one import of the library's module.
 *
 * @internal
 */
export function listRoutes(handshakes: ResolvedHandshakes, modulePath: string): MountedRoute[] {
  return Object.entries(handshakes).flatMap(([name, handshake]: [string, ResolvedHandshake | false]) => {
    if (handshake === false) return [];
    const { path, version } = handshake;
    const fullPath = [modulePath, path].map((part) => part.replace(/^\/+|\/+$/g, '')).join('/');
    return [{ option: `handshakes.${name}.path`, path, fullPath: fullPath.replace(/^\//, ''), version }];
  });
}

/**
 * Refuses two imports of the library's module that mount a handshake where one request could be for both: the one that
 * comes second would never be asked.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertNoRouteOverlap(
  own: readonly MountedRoute[],
  others: readonly MountedRoute[],
  versioning: VersioningOptions | undefined,
): void {
  for (const route of own) {
    const other = others.find((each) => doRoutesOverlap(route, each, versioning));
    if (other === undefined) continue;
    throw invalidOptionError(
      `${route.option} ("${route.path}")`,
      `overlaps ${other.option} ("${other.path}") of another import of MintlifyPersonalizationModule`,
      'Import the module once, or give each import a path of its own; handshakes: { jwt: false } mounts no login.',
    );
  }
}

function doRoutesOverlap(
  one: MountedRoute,
  other: MountedRoute,
  versioning: VersioningOptions | undefined,
): boolean {
  if (!doPathsOverlap(one.fullPath, other.fullPath)) return false;
  if (versioning === undefined) return true;
  const otherVersions = versionsOf(other, versioning);
  return versionsOf(one, versioning).some((version) => otherVersions.includes(version));
}

function versionsOf({ version }: MountedRoute, versioning: VersioningOptions): unknown[] {
  return [version ?? versioning.defaultVersion ?? VERSION_NEUTRAL].flat();
}
