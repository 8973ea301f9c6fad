/** Whether a media type is JSON, such as `application/problem+json`. @example isJson('text/plain'); // false */
export function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
}

/** Whether a media type is a form whose fields are part of one text. @example isUrlEncoded('text/plain'); // false */
export function isUrlEncoded(mediaType: string): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(mediaType);
}

/** Whether a media type is a form that can have files. @example isMultipart('multipart/form-data'); // true */
export function isMultipart(mediaType: string): boolean {
  return /^\s*multipart\/form-data\s*(?:;|$)/i.test(mediaType);
}
