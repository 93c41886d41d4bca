/** @file Starts and ends other programs. Knows nothing of what they are. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

const windows = process.platform === 'win32';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the program, with all that it started, after so many seconds. */
  limitSeconds?: number;
  /** Gets the output instead of the terminal. */
  onOutput?: (text: string) => void;
}

/**
 * Runs a program to its end.
 * @returns its exit code; 124 if it ran past its limit.
 * @throws if it cannot be started.
 */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, limitSeconds, onOutput }: RunOptions = {},
): Promise<number> {
  const child = startGroup(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    stdio: ['ignore', onOutput ? 'pipe' : 'inherit', onOutput ? 'pipe' : 'inherit'],
  });
  if (onOutput) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', onOutput);
    }
  }
  const ended = once(child, 'close') as Promise<[number | null]>;
  const timer = new AbortController();
  const code = await Promise.race([
    ended.then(([exitCode]) => exitCode ?? 1),
    ...(limitSeconds === undefined ? [] : [late(limitSeconds, timer.signal)]),
  ]).finally(() => {
    timer.abort();
  });
  if (code === lateCode) await stopGroup(child);
  return code;
}

/** What the program `timeout` answers too. */
const lateCode = 124;

async function late(seconds: number, signal: AbortSignal): Promise<number> {
  try {
    return await setTimeout(seconds * 1000, lateCode, { signal });
  } catch {
    // The program ended in time; nobody waits for this answer any more.
    return 0;
  }
}

/** Runs npm with the given arguments. */
export function runNpm(args: readonly string[], options: RunOptions = {}): Promise<number> {
  const quiet = { npm_config_update_notifier: 'false', npm_config_fund: 'false' };
  return run('npm', args, { ...options, env: { ...(options.env ?? process.env), ...quiet } });
}

/**
 * One set for a process, however many bundles in it hold this module: tests are bundled apart from
 * the tool that runs them.
 */
const running = sharedSet();

function sharedSet(): Set<ChildProcess> {
  const shared = globalThis as { runningProcessGroups?: Set<ChildProcess> };
  shared.runningProcessGroups ??= new Set();
  return shared.runningProcessGroups;
}

/**
 * Starts a program as the leader of a process group of its own, so that `stopGroup` ends what it
 * started too. A terminal's Ctrl-C therefore does not reach it: its owner stops it.
 */
export function startGroup(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  // On Windows npm is a script, which only a shell can start.
  const shell = windows && command === 'npm';
  const child = spawn(command, args, { ...options, detached: !windows, shell });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends a process group: asks first, insists after three seconds. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  const gone = hasExited(child) ? Promise.resolve() : once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  const timer = new AbortController();
  if ((await Promise.race([gone.then(() => 0), late(3, timer.signal)])) === lateCode) {
    signalGroup(child, 'SIGKILL');
  }
  timer.abort();
  await gone;
}

/** Ends every group that still runs; for a tool that is itself being ended. */
export async function stopAllGroups(): Promise<void> {
  await Promise.all([...running].map(stopGroup));
}

const hasExited = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (windows) {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
