import type { Provider } from '@nestjs/common';
import {
  CLAIM_MAPPER,
  DEFAULT_TENANT,
  readMarks,
  readVisitorSchema,
  type TenantMark,
} from '../claims/claim-mapper-for.decorator.js';
import type { VisitorSchema, VisitorShape } from '../claims/visitor-schema.js';
import { classToJsonSchema } from './class-json-schema.js';
import { findExport, listProviders, type FoundProvider, type ImportedModule } from './module-walk.js';
import { sortKeys, uniteShapes } from './shape-union.js';
import type { DescribedShapes, VisitorsDescription } from './visitors-description.js';

/** What {@link describeVisitors} returns. */
export interface DescribedVisitors {
  readonly description: VisitorsDescription;
  /** The claim mappers whose schema is not known, and why, one sentence each. */
  readonly problems: readonly string[];
}

/** A claim mapper, as it is provided. */
interface FoundMapper {
  readonly mark: TenantMark;
  readonly name: string;
  readonly schema: VisitorSchema | undefined;
  readonly problem?: string;
}

const ANYTHING: DescribedShapes = { groups: 'any', content: {}, apiPlaygroundInputs: {} };

/**
 * Describes what the claim mappers of an app may give, by the metadata of its modules. Nothing is instantiated, so it needs
 * no database and no environment. A mapper without a visitor schema may give anything.
 *
 * @param exported what the file of a module exports, or a module
 * @param name the export that is the module. Default: the only one that is
 * @throws TypeError if there is no such module, or no claim mapper in it
 * @example
 * ```ts
 * const { description } = await describeVisitors(AppModule);
 * description.groups; // ['admin', 'viewer']
 * ```
 */
export async function describeVisitors(exported: unknown, name?: string): Promise<DescribedVisitors> {
  const root = (await findExport(exported, name)) as ImportedModule;
  const mappers = (await listProviders(root)).flatMap(readMapper);
  if (mappers.length === 0) {
    throw new TypeError(
      'The module and its imports provide no claim mapper. If an import is made by a function, name the file of the module that provides the mappers.',
    );
  }
  const all = new Map<TenantMark, DescribedShapes>();
  const problems: string[] = [];
  for (const { mark, name: mapper, schema, problem } of mappers) {
    all.set(mark, schema === undefined ? ANYTHING : describeSchema(schema));
    if (problem !== undefined) problems.push(problem);
    else if (schema === undefined) {
      problems.push(
        `${mapper} declares no visitor schema, so it may give anything. Add: static readonly visitorSchema = defineVisitorSchema({ … });`,
      );
    }
  }
  const defaults = all.get(DEFAULT_TENANT);
  const tenants = [...all].filter((entry): entry is [string, DescribedShapes] => entry[0] !== DEFAULT_TENANT);
  const description: VisitorsDescription = {
    ...uniteShapes([...all.values()]),
    ...(defaults !== undefined && { default: defaults }),
    tenants: Object.fromEntries(tenants.toSorted(([one], [other]) => (one < other ? -1 : 1))),
  };
  return { description: sortKeys(description), problems: [...new Set(problems)] };
}

function readMapper({ provider, moduleName }: FoundProvider): FoundMapper[] {
  const { token, target, isFactory } = partsOf(provider);
  const marks = readMarks(target) ?? readMarks(token) ?? (token === CLAIM_MAPPER ? [DEFAULT_TENANT] : []);
  return marks.map((mark) => {
    const name = `${nameOf(target ?? token)} in ${moduleName}`;
    const schema = readVisitorSchema(target, mark) ?? readVisitorSchema(token, mark);
    const isUnknown = schema === undefined && (isFactory || target === undefined);
    if (!isUnknown) return { mark, name, schema };
    const problem = `${name} is made by a factory or a value, whose schema cannot be read, so it may give anything. Provide it with useClass.`;
    return { mark, name, schema, problem };
  });
}

/** Aliases (`useExisting`) have no marks of their own: the provider itself is found separately. */
function partsOf(provider: Provider): { token: unknown; target?: unknown; isFactory?: boolean } {
  if (typeof provider === 'function') return { token: provider, target: provider };
  if ('useExisting' in provider) return { token: undefined };
  if ('useClass' in provider) return { token: provider.provide, target: provider.useClass };
  if ('useFactory' in provider) return { token: provider.provide, isFactory: true };
  const { constructor } = Object(provider.useValue) as { constructor: unknown };
  return { token: provider.provide, target: constructor === Object ? undefined : constructor };
}

function describeSchema({ groups = 'any', content, apiPlaygroundInputs }: VisitorSchema): DescribedShapes {
  return {
    groups: groups === 'any' ? groups : [...groups].toSorted(),
    content: describeShape(content),
    apiPlaygroundInputs: describeShape(apiPlaygroundInputs),
  };
}

function describeShape(shape: VisitorShape | undefined): Record<string, unknown> {
  if (shape === undefined) return {};
  return typeof shape === 'function' ? classToJsonSchema(shape) : { ...shape };
}

function nameOf(token: unknown): string {
  if (typeof token === 'function') return token.name;
  return typeof token === 'symbol' ? (token.description ?? 'a symbol') : String(token);
}
