import { setMaxListeners } from 'node:events';
import { inspect } from 'node:util';
import { compactVerify, type CompactVerifyResult } from 'jose';
import type { RemoteTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';

/** No one gives up on it. */
export const PATIENT = new AbortController().signal;
// The library gives each call a signal of its own; here many share this one.
setMaxListeners(0, PATIENT);

/** What would be a token's header and payload; the word "topsecret" stands for the claims. */
export function signingInputOf({ algorithm }: RemoteTokenSigner, payloadBytes = 40): Buffer {
  const header = Buffer.from(JSON.stringify({ alg: algorithm })).toString('base64url');
  const payload = Buffer.from(`{"sub":"topsecret${'x'.repeat(payloadBytes)}"}`).toString('base64url');
  return Buffer.from(`${header}.${payload}`);
}

/** Signs as the library does, and verifies the token with another implementation. */
export async function signAndVerify(
  signer: RemoteTokenSigner,
  input = signingInputOf(signer),
): Promise<CompactVerifyResult> {
  const signature = await signer.sign(input, PATIENT);
  const token = `${input.toString()}.${Buffer.from(signature).toString('base64url')}`;
  return compactVerify(token, signer.publicKey, { algorithms: [signer.algorithm] });
}

/** Everything that a log could show of a value, hidden properties, causes and stack too. */
export const inspectAll = (value: unknown): string =>
  `${inspect(value, { depth: Infinity, showHidden: true, getters: true })} ${JSON.stringify(value)} ${String(value)}`;
