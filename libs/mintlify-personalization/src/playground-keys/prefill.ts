import type { ApiPlaygroundInputs, MintlifyUser } from '../ports/mintlify-user.js';
import type { PlaygroundKey } from '../ports/playground-key.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { fieldOf } from './issued-keys.js';

/**
 * A user whose playground is filled with keys too. A key replaces what the claim mapper gave for the same field.
 *
 * @internal
 * @param limitExpiresAt whether the docs forget the user when the first key expires
 */
export function prefill(
  user: ValidMintlifyUser,
  keys: readonly PlaygroundKey[],
  limitExpiresAt: boolean,
): MintlifyUser {
  const fields = new Set(keys.map(fieldOf));
  const inputs: ApiPlaygroundInputs = { ...user.apiPlaygroundInputs };
  for (const place of ['header', 'query', 'cookie'] as const) {
    const added = keys.filter((key) => key.in === place).map(({ name, value }) => [name, value] as const);
    if (added.length === 0) continue;
    const kept = Object.entries(inputs[place] ?? {}).filter(
      ([name]) => !fields.has(fieldOf({ in: place, name })),
    );
    inputs[place] = Object.fromEntries([...kept, ...added]);
  }
  const expiresAt = limitExpiresAt
    ? Math.min(user.expiresAt, ...keys.map((key) => key.expiresAt))
    : user.expiresAt;
  const { groups, content } = user;
  return {
    expiresAt,
    ...(groups !== undefined && { groups }),
    ...(content !== undefined && { content }),
    apiPlaygroundInputs: inputs,
  };
}
