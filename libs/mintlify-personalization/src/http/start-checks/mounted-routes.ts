import { VERSION_NEUTRAL, type VersioningOptions } from '@nestjs/common';
import { doPathsOverlap } from '../../options/handshake-paths.js';
import { listHandshakes, type ResolvedHandshakes } from '../../options/handshakes.js';
import type { ResolvedHandshake } from '../../options/resolved-handshake.js';
import { invalidOptionError } from '../../options/invalid-option-error.js';

/** @internal The route of a handshake that an import of this module mounts. */
export interface MountedRoute {
  /** The option that sets its path: `handshakes.jwt.path`. */
  readonly option: string;
  readonly path: string;
  /** With the path of the module in `RouterModule`; without global prefix and version. */
  readonly fullPath: string;
  readonly version: ResolvedHandshake['version'];
}

/**
 * The routes of one import of this library's module.
 *
 * @internal
 */
export function listRoutes(handshakes: ResolvedHandshakes, modulePath: string): MountedRoute[] {
  return listHandshakes(handshakes).map(([name, { path, version }]) => {
    const fullPath = [modulePath, path].map((part) => part.replace(/^\/+|\/+$/g, '')).join('/');
    return { option: `handshakes.${name}.path`, path, fullPath: fullPath.replace(/^\//, ''), version };
  });
}

/**
 * Throws if two imports of this module have overlapping routes: the second one would never be reached.
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
      'Import the module once, or use different paths. With handshakes: { jwt: false }, an import mounts no login.',
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
