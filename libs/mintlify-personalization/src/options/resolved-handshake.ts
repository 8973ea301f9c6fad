import { VERSION_NEUTRAL, type ControllerOptions } from '@nestjs/common';
import type { HandshakeGuard } from './handshake-guards.js';
import type { ReadPrincipal } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { readList } from './option-reader.js';

/** @internal One mounted handshake, with all defaults filled in. */
export interface ResolvedHandshake {
  readonly path: string;
  /** `undefined` for the default guard of the handshake, which a higher layer knows. */
  readonly guards: HandshakeGuard[] | undefined;
  readonly version: ControllerOptions['version'];
  readonly principal: ReadPrincipal;
  readonly decorators: readonly ClassDecorator[];
}

/**
 * What Nest accepts as the version of a controller. An empty list would hide the route.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function checkVersion(option: string, version: unknown): ControllerOptions['version'] {
  if (version === undefined || isVersion(version)) return version;
  const versions = readList(option, version) ?? [];
  if (versions.length > 0 && versions.every(isVersion)) return versions;
  throw invalidOptionError(
    option,
    'must be a string such as "1", a list of strings, or VERSION_NEUTRAL',
    "Leave it out for the app's default version.",
  );
}

function isVersion(version: unknown): version is string | typeof VERSION_NEUTRAL {
  return version === VERSION_NEUTRAL || (typeof version === 'string' && version.trim() !== '');
}
