import { parseArgs } from 'node:util';

export type Platform = 'express' | 'fastify';

/** The arguments of the command. */
export interface SoakArguments {
  /** The duration of the steady load. */
  readonly seconds: number;
  /** Logins per second. */
  readonly rate: number;
  readonly platform: Platform;
  readonly isJson: boolean;
}

const DEFAULT_SECONDS = 60;
const DEFAULT_RATE = 1_000;

/** So that a typing mistake does not keep a machine busy for days. */
const MAX_SECONDS = 24 * 3_600;
const MAX_RATE = 100_000;
const MAX_REQUESTS = 100_000_000;

/** @throws Error that names the argument and its valid values */
export function readArguments(argv: readonly string[]): SoakArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string' },
      requests: { type: 'string' },
      rate: { type: 'string' },
      platform: { type: 'string', default: 'express' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.seconds !== undefined && values.requests !== undefined) {
    throw new Error('--seconds and --requests exclude each other. Use one of them.');
  }
  const rate = readNumber('--rate', values.rate, DEFAULT_RATE, MAX_RATE);
  const requests = readNumber('--requests', values.requests, 0, MAX_REQUESTS);
  return {
    seconds:
      requests > 0 ? requests / rate : readNumber('--seconds', values.seconds, DEFAULT_SECONDS, MAX_SECONDS),
    rate,
    platform: readPlatform(values.platform),
    isJson: values.json,
  };
}

function readNumber(name: string, text: string | undefined, defaultValue: number, max: number): number {
  if (text === undefined) return defaultValue;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new Error(`${name} must be a whole number from 1 to ${max}.`);
}

function readPlatform(platform: string): Platform {
  if (platform === 'express' || platform === 'fastify') return platform;
  throw new Error('--platform must be express or fastify.');
}
