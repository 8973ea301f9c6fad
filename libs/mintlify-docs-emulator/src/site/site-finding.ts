/** Something wrong in a docs folder, and where. */
export interface SiteFinding {
  message: string;
  /** Path inside the docs folder. */
  file: string;
  /** Starts at 1. */
  line?: number;
}
