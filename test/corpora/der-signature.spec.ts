import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseDerSignature } from '../../libs/mintlify-personalization/src/signers/aws-kms/der-signature.js';
import {
  isVerified,
  readServicePublicKey,
  type ServicePublicKey,
} from '../../libs/mintlify-personalization/src/signers/service/service-public-key.js';
import { readCorpus } from '../support/corpora.support.js';
import { recordTally } from '../support/tally.support.js';

/** As far as it is used: wycheproof's schema `ecdsa_verify_schema_v1.json`. */
interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKeyPem: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid';
    }[];
  }[];
}

interface Case {
  readonly name: string;
  readonly publicKey: ServicePublicKey;
  readonly message: Buffer;
  readonly signature: Buffer;
  readonly isValid: boolean;
}

function readCases(file: string): Case[] {
  const { testGroups } = JSON.parse(readCorpus(`wycheproof/${file}`)) as Wycheproof;
  return testGroups.flatMap(({ publicKeyPem, tests }) => {
    const publicKey = readServicePublicKey('A key of the corpus', () => createPublicKey(publicKeyPem));
    return tests.map(({ tcId, comment, msg, sig, result }) => ({
      name: `${tcId} ${comment}`,
      publicKey,
      message: Buffer.from(msg, 'hex'),
      signature: Buffer.from(sig, 'hex'),
      isValid: result === 'valid',
    }));
  });
}

/** What is sent on: a signature of 64 bytes that verifies, or nothing. */
async function emit({ publicKey, message }: Case, jose: Uint8Array | undefined): Promise<boolean> {
  return jose?.length === 64 && (await isVerified(publicKey, message, jose));
}

const namesOf = (cases: readonly Case[]): string[] => cases.map(({ name }) => name);

async function keepEmitted(
  corpus: string,
  cases: readonly Case[],
  convert: (signature: Buffer) => Uint8Array | undefined,
): Promise<Case[]> {
  const emitted = await Promise.all(cases.map((each) => emit(each, convert(each.signature))));
  const kept = cases.filter((_, index) => emitted[index]);
  recordTally({
    suite: 'signatures',
    corpus,
    tried: cases.length,
    refused: cases.length - kept.length,
    escaped: kept.filter(({ isValid }) => !isValid).length,
  });
  return kept;
}

describe('Wycheproof', () => {
  it('signatures in DER: the 174 valid ones convert and verify, the 310 invalid ones are never emitted', async () => {
    const cases = readCases('ecdsa_secp256r1_sha256_test.json');
    expect([cases.length, cases.filter(({ isValid }) => isValid).length]).toEqual([484, 174]);
    const emitted = await keepEmitted('wycheproof, DER', cases, parseDerSignature);
    expect(namesOf(emitted)).toEqual(namesOf(cases.filter(({ isValid }) => isValid)));
  });

  it('signatures as r‖s: the 173 valid ones verify, the 89 invalid ones are never emitted', async () => {
    const cases = readCases('ecdsa_secp256r1_sha256_p1363_test.json');
    expect([cases.length, cases.filter(({ isValid }) => isValid).length]).toEqual([262, 173]);
    const emitted = await keepEmitted('wycheproof, r‖s', cases, (signature) => signature);
    expect(namesOf(emitted)).toEqual(namesOf(cases.filter(({ isValid }) => isValid)));
  });
});
