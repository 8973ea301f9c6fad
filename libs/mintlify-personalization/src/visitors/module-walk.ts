import type { DynamicModule, ForwardReference, Provider, Type } from '@nestjs/common';

/** One entry of `imports`, as Nest takes it. */
export type ImportedModule =
  Type<unknown> | DynamicModule | Promise<DynamicModule> | ForwardReference | undefined;

/** A provider, and the name of the module that has it. */
export interface FoundProvider {
  readonly provider: Provider;
  readonly moduleName: string;
}

/**
 * Lists the providers of a module and of all modules that it imports, by the metadata of Nest's decorators: nothing is
 * instantiated, and no factory is called.
 *
 * @internal
 * @throws TypeError if the value is no module
 */
export async function listProviders(root: ImportedModule): Promise<FoundProvider[]> {
  const found: FoundProvider[] = [];
  const seen = new Set<unknown>();
  const visit = async (given: ImportedModule): Promise<void> => {
    const imported = await given;
    if (imported === undefined || imported === null || seen.has(imported)) return;
    seen.add(imported);
    if ('forwardRef' in imported) return visit((imported.forwardRef as () => ImportedModule)());
    const dynamic = 'module' in imported ? imported : undefined;
    const target = dynamic?.module ?? (imported as Type<unknown>);
    if (typeof target !== 'function') throw new TypeError('An import of a module is no module.');
    const providers = [...(readList('providers', target) as Provider[]), ...(dynamic?.providers ?? [])];
    for (const provider of providers) found.push({ provider, moduleName: target.name });
    for (const inner of [...readList('imports', target), ...(dynamic?.imports ?? [])]) {
      await visit(inner as ImportedModule);
    }
  };
  await visit(root);
  return found;
}

/**
 * Whether a value has the metadata of `@Module()`.
 *
 * @internal
 */
export function isModuleClass(value: unknown): value is Type<unknown> {
  return (
    typeof value === 'function' &&
    ['imports', 'providers', 'controllers', 'exports'].some((key) => Reflect.hasOwnMetadata(key, value))
  );
}

/**
 * The module of a file: what has the given name, or the only export with `@Module()`.
 *
 * @internal
 * @throws TypeError if there is none, or several
 */
export async function findExport(exported: unknown, name: string | undefined): Promise<unknown> {
  if (isModuleClass(exported)) return exported;
  const exports = Object(await exported) as Record<string, unknown>;
  if ('module' in exports) return exports;
  if (name !== undefined) {
    if (exports[name] === undefined) throw new TypeError(`The file has no export ${name}.`);
    return exports[name];
  }
  const modules = Object.entries(exports).filter(([, value]) => isModuleClass(value));
  const different = new Set(modules.map(([, value]) => value));
  if (different.size === 1) return modules[0]?.[1];
  const names = modules.map(([each]) => each).join(', ');
  throw new TypeError(
    different.size === 0
      ? 'The file exports no class with @Module().'
      : `The file exports several modules: ${names}. Name one: FILE#${modules[0]?.[0]}.`,
  );
}

/**
 * Whether a function is a class: one without anything in its `@Module()` has no metadata.
 *
 * @internal
 */
export function isNestClass(value: unknown): value is Type<unknown> {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

function readList(key: string, target: object): readonly unknown[] {
  return (Reflect.getMetadata(key, target) ?? []) as unknown[];
}
