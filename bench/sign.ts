import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { createSigner } from 'fast-jwt';
import { SignJWT } from 'jose';
import { MintlifyPersonalizationModule, MintlifySigningService } from 'nestjs-mintlify-personalization';
import { inFlight, interleave } from './rounds.js';
import { createUser } from './user.js';

const TOKEN_LIFETIME_SECONDS = 10;

/** Signatures per second, 32 in flight, of the packages that a NestJS user might choose for ES256 tokens. */
export async function benchSign(rounds: number): Promise<Record<string, number | null>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const user = createUser();
  const signingInput = Buffer.from(
    `${'a'.repeat(20)}.${Buffer.from(JSON.stringify(user)).toString('base64url')}`,
  );

  const nestJwt = new JwtService({ privateKey: pem, signOptions: { algorithm: 'ES256', expiresIn: '10s' } });
  const fastJwt = createSigner({ key: pem, algorithm: 'ES256', expiresIn: TOKEN_LIFETIME_SECONDS * 1_000 });

  @Module({
    imports: [
      MintlifyPersonalizationModule.forRoot({
        docsUrl: 'https://docs.foo.com',
        signingKey: pem,
        handshakes: { jwt: false },
      }),
    ],
  })
  class BenchModule {}
  const app = await NestFactory.createApplicationContext(BenchModule, { logger: false });
  const ours = app.get(MintlifySigningService, { strict: false });

  const result = await interleave(
    {
      openssl: opensslSpeed,
      nodeCrypto: inFlight(() => signWithNode(signingInput, privateKey)),
      jose: inFlight(() =>
        new SignJWT({ ...user })
          .setProtectedHeader({ alg: 'ES256' })
          .setIssuedAt()
          .setExpirationTime('10 s')
          .sign(privateKey),
      ),
      nestjsJwt: inFlight(() => nestJwt.signAsync({ ...user })),
      fastJwt: inFlight(async () => fastJwt({ ...user })),
      ours: inFlight(() => ours.sign(user)),
    },
    rounds,
  );
  await app.close();
  return result;
}

function signWithNode(
  signingInput: Buffer,
  key: ReturnType<typeof generateKeyPairSync>['privateKey'],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    sign('sha256', signingInput, { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => {
      if (error) reject(error);
      else resolve(signature);
    });
  });
}

/** Plain OpenSSL on one core, or `null` without the `openssl` command. */
async function opensslSpeed(): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)('openssl', ['speed', '-seconds', '1', 'ecdsap256']);
    const [, signs] = /nistp256\)\s+\S+\s+\S+\s+([\d.]+)/.exec(stdout) ?? [];
    return signs === undefined ? null : Number(signs);
  } catch {
    return null;
  }
}
