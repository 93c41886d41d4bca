/**
 * @file Finds a Chromium on this machine, or installs one, and starts it without leaving traces.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { Complaint, removeFolder } from './support/cleanup';
import { run } from './support/processes';

/**
 * The path of a Chromium or Chrome: the one named by the variable CHROMIUM, an installed one, or
 * on Debian, for root, one that apt installs now.
 * @throws {Complaint} that says what to do where there is none.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  if (await isDebianRoot()) {
    console.log('Installing Chromium with apt …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '--yes', '--no-install-recommends', '-qq'];
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', [...install, 'chromium', 'fonts-liberation'], { env });
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Complaint(
    'The tests need Chromium, and none was found. Install Google Chrome or Chromium (on Debian: ' +
      '"apt-get install chromium"; elsewhere "npx playwright-core install chromium" does too), or ' +
      'set the environment variable CHROMIUM to the path of one.',
  );
}

function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Complaint(`CHROMIUM names ${named}, which does not exist: correct or unset it.`);
  }
  return [...installedPlaces(), chromium.executablePath()].find((path) => existsSync(path));
}

function installedPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
      (variable) => process.env[variable] ?? [],
    );
    const programs = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
    ];
    return bases.flatMap((base) => programs.map((program) => join(base, program)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

async function isDebianRoot(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  // Ubuntu's package of that name only points to a snap, which containers cannot run.
  const release = existsSync('/etc/os-release') ? await readFile('/etc/os-release', 'utf8') : '';
  return /^ID=debian$/m.test(release);
}

export interface ChromiumOptions {
  /** Offer WebGPU, computed on the CPU by SwiftShader. Default true. */
  webgpu?: boolean;
  viewport?: { width: number; height: number };
  /** Let pages reach hosts other than this machine. Default false. */
  network?: boolean;
  args?: readonly string[];
}

export interface RunningChromium {
  readonly context: BrowserContext;
  stop(): Promise<void>;
}

const quietFlags = [
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium whose profile, home and temporary files vanish with it. */
export async function startChromium({
  webgpu = true,
  viewport = { width: 1280, height: 800 },
  network = false,
  args = [],
}: ChromiumOptions = {}): Promise<RunningChromium> {
  const executablePath = await ensureChromium();
  const home = await mkdtemp(join(tmpdir(), 'chromium-'));
  const context = await chromium
    .launchPersistentContext(join(home, 'profile'), {
      executablePath,
      headless: true,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      viewport,
      env: environmentWithin(home),
      args: [
        ...quietFlags,
        ...(webgpu ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] : []),
        ...(network ? [] : ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']),
        ...args,
      ],
    })
    .catch(async (error: unknown) => {
      await removeFolder(home);
      throw error;
    });
  return {
    context,
    stop: async () => {
      await context.close();
      await removeFolder(home);
    },
  };
}

/**
 * This process's environment with everything that a program likes to litter pointing into `home`.
 */
function environmentWithin(home: string): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    TMPDIR: home,
  };
}
