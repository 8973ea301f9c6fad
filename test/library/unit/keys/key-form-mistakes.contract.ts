import type { KeyPair } from '../../../support/keys.support.js';
import { pkcs8, privateJwk } from '../../../support/keys.support.js';
import type { Refusal } from './private-key.refusals.contract.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const eatBackslashes = (pem: string): string => pem.replaceAll('\n', 'n');

/** What people put in the place of a key, and forms that a key is not accepted in. For each kind of key the same. */
export function formMistakesOf(pair: KeyPair): Refusal[] {
  const pem = pkcs8(pair);
  const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const bare = der.toString('base64');
  const fourDashes = pem.replaceAll('-----', '----');
  return [
    [
      'looks like the path of a file',
      '/run/secrets/acme_production_2026.pem',
      '/etc/acme/production/signing',
      String.raw`C:\keys\new\run\k.pem`,
      'c:/keys/k.pem',
      './key.pem',
      String.raw`..\key.pem`,
      '~/keys/docs',
      String.raw`\\fileserver\secrets\key`,
      'file:///run/secrets/key.pem',
      '"/run/secrets/key.pem"',
      'acme-production-signing-2026.pem',
      'secrets/docs.JWK',
    ],
    [
      'looks like a reference to a secret',
      'op://production/acme-signing-2026/key.pem',
      'vault:secret/data/acme-signing-2026#key',
      'arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme-AbCdEf',
      'arn:aws-cn:kms:cn-north-1:123456789012:key/0f1e2d3c',
      'projects/acme-production-4711/secrets/acme-signing/versions/3',
      '@Microsoft.KeyVault(SecretUri=https://acme-production.vault.azure.net/secrets/docs/)',
      'ref+awssecrets://acme-signing-2026',
      'https://vault.foo.com/v1/secret/data/acme-signing-2026',
      'env:MINTLIFY_PRIVATE_KEY',
      "'op://production/docs/key'",
    ],
    [
      'looks like a variable that was not expanded',
      '${MINTLIFY_DOCS_PRIVATE_KEY}',
      '${DOCS_KEY:-none}/x',
      '$MINTLIFY_DOCS_PRIVATE_KEY',
      '$env:MINTLIFY_DOCS_PRIVATE_KEY',
      '%MINTLIFY_DOCS_PRIVATE_KEY%',
      '{{ .Values.acmeSigningKey2026 }}',
      '$(cat acme-production-signing-2026.pem)',
      '"$KEY"',
    ],
    [
      'looks like the name of an environment variable',
      'MINTLIFY_DOCS_PRIVATE_KEY',
      'process.env.MINTLIFY_DOCS_PRIVATE_KEY',
    ],
    [
      'not exactly five hyphens',
      fourDashes,
      fourDashes.replaceAll('\n', '\\n'),
      fourDashes.replaceAll('\n', ' '),
      base64(fourDashes),
      pem.replace('-----BEGIN', '----BEGIN'),
      pem.replace('KEY-----\n', 'KEY----\n'),
      pem.replace('-----END', '----END'),
      pem.replaceAll('-----', '-'),
      // What word processors make of two hyphens.
      pem.replaceAll('--', '—'),
      pem.replaceAll('-', '–'),
    ],
    ['is a PEM without its END line', pem.slice(0, -40), pem.split('\n', 1)[0], base64(pem.slice(0, -40))],
    ['is a PEM without its BEGIN line', pem.slice(40)],
    [
      'BEGIN and END lines do not belong together',
      pem.replace('-----END PRIVATE KEY', '-----END EC PRIVATE KEY'),
      `${pem.slice(40)}${pem.slice(0, -40)}`,
    ],
    [
      'in base64 without the two lines that make it a PEM',
      bare,
      bare.replaceAll(/.{64}/g, '$&\n'),
      bare.replaceAll(/.{64}/g, String.raw`$&\n`),
      der.toString('base64url'),
      `"${bare}"`,
    ],
    [
      'is a private key as bytes, in DER',
      der,
      new Uint8Array(der),
      new Uint8Array(der).buffer,
      new DataView(new Uint8Array([1, ...der]).buffer, 1),
    ],
    [
      'is bytes, and must be a text',
      Buffer.from(pem),
      Buffer.alloc(0),
      new Uint8Array(32),
      new ArrayBuffer(8),
    ],
    [
      'the letter n where its line breaks were',
      eatBackslashes(pem),
      `"${eatBackslashes(pem)}"`,
      pem.replaceAll('\n', 'rn'),
      base64(eatBackslashes(pem)),
    ],
    [
      'is an object with a PEM in its property "key"',
      JSON.stringify({ key: pem }),
      { key: pem },
      JSON.stringify(JSON.stringify({ key: pem }, undefined, 2)),
      base64(JSON.stringify({ type: 'service_account', key: pem })),
    ],
    ['is an object with a PEM in its property "private_key"', JSON.stringify({ id: 5, private_key: pem })],
    [
      'is an object with a PEM in one of its properties',
      { [String(privateJwk(pair).d)]: pem },
      JSON.stringify({ MINTLIFY_PRIVATE_KEY: pem }),
    ],
    ['is an object with a JWK in its property "key"', { key: privateJwk(pair) }],
    [
      'is a PEM inside of something that is not quite JSON',
      `{"key": "${pem}"}`,
      `{key: '${pem.replaceAll('\n', '\\n')}'}`,
    ],
  ];
}
