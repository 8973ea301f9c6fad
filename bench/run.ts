import 'reflect-metadata';
import { benchHttp } from './http.js';
import { benchSign } from './sign.js';

const SIGN_ROUNDS = 9;
const HTTP_ROUNDS = 5;

type Figures = Record<string, number | null>;

/** `npm run bench` prints a table; with `--json`, one JSON object and nothing else. */
async function run(asJson: boolean): Promise<void> {
  const sign = await benchSign(SIGN_ROUNDS);
  const http = {
    fastify: await benchHttp('fastify', HTTP_ROUNDS),
    express: await benchHttp('express', HTTP_ROUNDS),
  };
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ sign, http })}\n`);
    return;
  }
  print('Signatures a second, 32 in flight', sign);
  print('Logins a second on Fastify, 32 connections', http.fastify);
  print('Logins a second on Express, 32 connections', http.express);
}

function print(title: string, figures: Figures): void {
  const ours = figures.ours ?? 0;
  console.log(`\n${title}`);
  for (const [name, figure] of Object.entries(figures)) {
    const value = figure === null ? 'not here' : figure.toLocaleString('en-US');
    const ratio = figure === null ? '' : `ours is ${(ours / figure).toFixed(2)} ×`;
    console.log(`  ${name.padEnd(12)}${value.padStart(10)}   ${name === 'ours' ? '' : ratio}`);
  }
}

void run(process.argv.includes('--json'));
