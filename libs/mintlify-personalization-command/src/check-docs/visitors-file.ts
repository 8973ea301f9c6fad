import type { VisitorsDescription } from '../../../mintlify-personalization/src/visitors/visitors-description.js';
import type { DescribedShapes } from '../../../mintlify-personalization/src/visitors/visitors-description.js';
import { CommandError } from '../command-error.js';
import { readText } from '../input-reader.js';
import type { Terminal } from '../terminal.js';

/** What visitors may have, and where it is written. */
export interface Visitors extends DescribedShapes {
  /** By tenant id; the default mapper has the name `''`. */
  readonly mappers: ReadonlyMap<string, DescribedShapes>;
  readonly file: string;
  /** The first line with a text in quotes, from 1. */
  lineOf(text: string): number;
}

/**
 * Reads `visitors.schema.json`.
 *
 * @param tenant only what this tenant's mapper may give
 * @throws CommandError if the file does not have the format, or not the tenant
 */
export async function readVisitors(terminal: Terminal, file: string, tenant?: string): Promise<Visitors> {
  const text = await readText(terminal, file);
  const description = parse(text, file);
  const mappers = new Map(Object.entries(description.tenants));
  if (description.default !== undefined) mappers.set('', description.default);
  const shapes = tenant === undefined ? description : (mappers.get(tenant) ?? mappers.get(''));
  if (shapes === undefined) {
    throw new CommandError(
      `${file} has neither the tenant ${tenant} nor a default mapper. Name one of: ${[...mappers.keys()].join(', ')}.`,
    );
  }
  const { groups, content, apiPlaygroundInputs } = shapes;
  const lines = text.split('\n');
  return {
    groups,
    content,
    apiPlaygroundInputs,
    mappers: tenant === undefined ? mappers : new Map([[tenant, shapes]]),
    file,
    lineOf: (wanted) =>
      Math.max(
        0,
        lines.findIndex((line) => line.includes(JSON.stringify(wanted))),
      ) + 1,
  };
}

function parse(text: string, file: string): VisitorsDescription {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${file} is not JSON. Write it with mintlify-personalization schema.`, { cause });
  }
  const all = [value, ...Object.values(isObject(value) && isObject(value.tenants) ? value.tenants : {})];
  if (isObject(value) && all.every(isShapes)) {
    return {
      ...(value as unknown as VisitorsDescription),
      tenants: value.tenants ?? {},
    } as VisitorsDescription;
  }
  throw new CommandError(
    `${file} is no visitors schema: it needs groups (a list or "any"), content and apiPlaygroundInputs (JSON Schemas), also in each of tenants. Write it with mintlify-personalization schema.`,
  );
}

function isShapes(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { groups = 'any', content = {}, apiPlaygroundInputs = {} } = value;
  const isList = Array.isArray(groups) && groups.every((group) => typeof group === 'string');
  return (groups === 'any' || isList) && isObject(content) && isObject(apiPlaygroundInputs);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
