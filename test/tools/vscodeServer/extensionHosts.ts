/** @file Finds the extension hosts of a running VS Code server. Linux only, like the server. */
import { readdir, readFile } from 'node:fs/promises';
import type { VscodeServer } from './server';

/** The process ids of a server's extension hosts, one a connected window. */
export async function extensionHosts(server: VscodeServer): Promise<number[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const hosts: number[] = [];
  for (const pid of processes) {
    const { commandLine, group } = await describe(pid);
    // The server leads a process group of its own, which its children stay in.
    if (group === server.process.pid && commandLine.includes('--type=extensionHost')) {
      hosts.push(Number(pid));
    }
  }
  return hosts;
}

async function describe(pid: string): Promise<{ commandLine: string; group: number }> {
  try {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // After the parenthesised name: state, parent, group.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    return { commandLine, group };
  } catch {
    // It ended while we looked.
    return { commandLine: '', group: -1 };
  }
}
