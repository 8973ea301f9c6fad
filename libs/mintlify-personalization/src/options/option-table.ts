import { pathOf, readOption, readOptions } from './option-reader.js';

/**
 * One row of a table of options: how the option is checked, and its default.
 *
 * @internal
 */
export interface OptionRule<Value = unknown, Context = never> {
  /**
   * Checks a value and converts it to what the library uses.
   *
   * @param option its full path, for messages
   * @param value `undefined` if the option is not set and has no `defaultValue`
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  readonly check: (option: string, value: unknown, context: Context) => Value;
  /** The value if the option is not set. Without it, `check` decides, for example because the option is required. */
  readonly defaultValue?: Value;
}

/** @internal The rule of each option, by name. */
export type OptionTable<Name extends string = string, Context = never> = Readonly<
  Record<Name, OptionRule<unknown, Context>>
>;

/** @internal The checked options of a table. */
export type ResolvedTable<Table extends OptionTable> = {
  readonly [Name in keyof Table]: ReturnType<Table[Name]['check']>;
};

/** @internal What the rules of a table need to know about other options. */
type ContextOf<Table extends OptionTable> = Parameters<Table[keyof Table]['check']>[2];

/**
 * The names of the options of a table, in its order.
 *
 * @internal
 */
export function namesOf<Table extends OptionTable>(table: Table): (keyof Table & string)[] {
  return Object.keys(table);
}

/**
 * Reads the options of a table, checks each and fills in its default.
 *
 * @internal
 * @param where for messages: `'handshakes.jwt'`, or an empty string at the top
 * @returns a frozen object with all options of the table
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveTable<Table extends OptionTable>(
  where: string,
  given: unknown,
  table: Table,
  context: ContextOf<Table>,
): ResolvedTable<Table> {
  return resolveRead(where, readOptions(where, given, namesOf(table)), table, context);
}

/**
 * Like {@link resolveTable}, for options that {@link readOptions} has read.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveRead<Table extends OptionTable>(
  where: string,
  given: Readonly<Record<string, unknown>>,
  table: Table,
  context: ContextOf<Table>,
): ResolvedTable<Table> {
  const entries = namesOf(table).map((name) => {
    const rule = table[name] as OptionRule<unknown, ContextOf<Table>>;
    return [name, resolveRule(pathOf(where, name), given[name], rule, context)];
  });
  return Object.freeze(Object.fromEntries(entries)) as ResolvedTable<Table>;
}

/**
 * Checks one option, or returns its default.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveRule<Value, Context>(
  option: string,
  value: unknown,
  rule: OptionRule<Value, Context>,
  context: Context,
): Value {
  if (value === undefined && rule.defaultValue !== undefined) return rule.defaultValue;
  return readOption(option, () => rule.check(option, value, context));
}
