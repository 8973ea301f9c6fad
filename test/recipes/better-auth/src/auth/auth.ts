import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';

/** In the place of a database. */
const tables = { user: [], session: [], account: [], verification: [], rateLimit: [] };

export const auth = betterAuth({
  baseURL: `http://localhost:${process.env.PORT ?? 3000}`,
  secret: process.env.SESSION_SECRET,
  database: memoryAdapter(tables),
  emailAndPassword: { enabled: true },
  user: {
    additionalFields: { role: { type: 'string', defaultValue: 'admin', input: false } },
  },
});
