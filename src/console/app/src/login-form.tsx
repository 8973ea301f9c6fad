import { useState, type SubmitEvent } from 'react';
import type { Backend } from './backend';

interface LoginFormProps {
  backend: Backend;
  /** Why the user has to log in. */
  reason: string;
  onLogIn: () => void;
}

/** The login form of the console. */
export function LoginForm({ backend, reason, onLogIn }: LoginFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const logIn = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await backend.logIn(email, password);
      onLogIn();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form onSubmit={(event) => void logIn(event)}>
      <h1>Log in</h1>
      <p>{reason}</p>
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label htmlFor="email">Email</label>
      <input
        id="email"
        name="email"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <label htmlFor="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <button type="submit">Log in</button>
    </form>
  );
}
