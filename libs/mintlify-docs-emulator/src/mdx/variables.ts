const VARIABLE = /\{\{\s*(?<name>[\w.-]+)\s*\}\}/g;

/**
 * Replaces `{{name}}` by the value of a variable of docs.json. Values are text: they can add no tags and no JavaScript.
 *
 * @example
 * replaceVariables('Welcome to {{product}}', { product: 'Acme' }); // 'Welcome to Acme'
 */
export function replaceVariables(source: string, variables: Readonly<Record<string, string>>): string {
  return source.replaceAll(VARIABLE, (written, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? '').replaceAll(/[<>{}]/g, '') : written,
  );
}
