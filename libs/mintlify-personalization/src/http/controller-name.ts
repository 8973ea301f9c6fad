import type { Type } from '@nestjs/common';

/**
 * Names a controller after its path: `docs/user-info` is `DocsUserInfoController`. Nest's log and the operation ids of an
 * OpenAPI document tell controllers apart by their names, and each handshake may be mounted several times.
 *
 * @internal
 */
export function nameAfterPath<T extends Type>(controller: T, path: string): T {
  const words = path.split(/[^a-z0-9]+/i).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return Object.defineProperty(controller, 'name', { value: `${words.join('')}Controller` });
}
