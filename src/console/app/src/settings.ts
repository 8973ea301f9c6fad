/** What the console has to know, which differs between installations. */
export interface Settings {
  /** The origin of the backend. */
  backendUrl: string;
  /** The origin of the docs. */
  docsUrl: string;
}

/** Reads the settings from the server of the console. */
export async function readSettings(): Promise<Settings> {
  const response = await fetch('/settings.json');
  return (await response.json()) as Settings;
}
