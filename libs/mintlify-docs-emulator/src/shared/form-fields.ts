/** A field of a form. */
export interface FormField {
  name: string;
  value: string;
  /** The value is JSON: of an object, or of a list inside a list. */
  isJson: boolean;
}

/**
 * The fields of a form, from an object. A list is one field for each of its values (OpenAPI 3.1, section 4.8.15); an
 * object is written as JSON.
 *
 * @example
 * formFields({ tag: ['new', 'hot'] }); // [{ name: 'tag', value: 'new', … }, { name: 'tag', value: 'hot', … }]
 */
export function formFields(form: Readonly<Record<string, unknown>>): FormField[] {
  return Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: unknown): FormField => {
      if (typeof each === 'string') return { name, value: each, isJson: false };
      return { name, value: JSON.stringify(each), isJson: typeof each === 'object' && each !== null };
    }),
  );
}

/**
 * A form as `application/x-www-form-urlencoded`.
 *
 * @example
 * encodeForm({ name: 'fern', tag: ['new', 'hot'] }); // 'name=fern&tag=new&tag=hot'
 */
export function encodeForm(form: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams(formFields(form).map(({ name, value }) => [name, value])).toString();
}
