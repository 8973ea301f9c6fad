import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal.js';
import { isRuleId, RULES, type RuleId } from './check-finding.js';
import { objectOf } from './json-shape.js';
import { nearestName } from '../../../mintlify-docs-emulator/src/shared/nearest-name.js';

/** The file beside docs.json. */
export const SETTINGS_FILE = 'mintlify-personalization.json';

/** The rules that are off, and why. */
export type RuleSwitches = ReadonlyMap<RuleId, string>;

/**
 * Reads which rules are off: `{ "checkDocs": { "off": { "group-unused": "why" } } }`.
 *
 * @throws CommandError for an unknown rule, or one without a reason
 */
export async function readSwitches({ directory }: Terminal, folder: string): Promise<RuleSwitches> {
  const shown = join(folder, SETTINGS_FILE);
  const text = await readFile(resolve(directory, shown), 'utf8').catch(() => undefined);
  if (text === undefined) return new Map();
  const { checkDocs } = objectOf(parse(text, shown));
  for (const key of Object.keys(objectOf(checkDocs))) {
    if (key !== 'off') throw new CommandError(`${shown}: checkDocs.${key} is unknown. It has only off.`);
  }
  const switches = new Map<RuleId, string>();
  for (const [rule, reason] of Object.entries(objectOf(objectOf(checkDocs).off))) {
    if (!isRuleId(rule)) {
      const near = nearestName(rule, Object.keys(RULES));
      throw new CommandError(
        `${shown}: there is no rule "${rule}". ${near === undefined ? `Use one of: ${Object.keys(RULES).join(', ')}.` : `Write "${near}".`}`,
      );
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw new CommandError(`${shown}: the rule "${rule}" is off without a reason. Write why, as a text.`);
    }
    switches.set(rule, reason);
  }
  return switches;
}

function parse(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${shown} is not JSON. Check commas and quotes.`, { cause });
  }
}
