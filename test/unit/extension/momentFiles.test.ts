/** @file What was seen of a run, on disk: what is written, how much of it stays, what is read. */
import { describe, expect, it } from 'vitest';
import { MomentFiles } from '../../../extension/runs/momentFiles';
import { MemoryFiles } from '../../../extension/runs/runFiles';
import { readMomentPart } from '../../../webview/protocol/momentPart';
import { gainedAt, partOf } from '../support/moments';

class Folder extends MemoryFiles {
  fails = false;

  override write(name: string, bytes: Uint8Array): Promise<void> {
    return this.fails ? Promise.reject(new Error('ENOSPC')) : super.write(name, bytes);
  }
}

const newFolder = (mostBytes?: number) => {
  const files = new Folder();
  return { files, moments: new MomentFiles(files, mostBytes) };
};

/** Takes a part with moments of these steps and writes it as that of the last of them. */
async function save(moments: MomentFiles, ...steps: number[]): Promise<void> {
  const last = steps.at(-1) ?? 0;
  moments.add(new Uint8Array(partOf(steps, last >= 20 ? [gainedAt(20)] : [])));
  await moments.write(last);
}

const namesOf = async (files: Folder): Promise<string[]> =>
  (await files.list()).map(({ name }) => name).sort();

/** Steps of the moments in each file. */
const stepsOf = async (moments: MomentFiles): Promise<number[][]> =>
  (await moments.read()).map((part) => readMomentPart(part).moments.map(({ step }) => step));

describe('what a snapshot brings', () => {
  it('lies in a file that is named by the snapshot’s step; without anything there is none', async () => {
    const { files, moments } = newFolder();
    await save(moments, 0);
    await save(moments, 5, 10);
    await moments.write(15);
    expect(await namesOf(files)).toEqual([
      'moments-000000.safetensors',
      'moments-000010.safetensors',
    ]);
    expect(await stepsOf(new MomentFiles(files))).toEqual([[0], [5, 10]]);
  });

  it('is joined with what an earlier snapshot of the step has brought', async () => {
    const { files, moments } = newFolder();
    await save(moments, 5, 10);
    await save(moments, 8, 10);
    expect(await namesOf(files)).toEqual(['moments-000010.safetensors']);
    expect(await stepsOf(moments)).toEqual([[5, 8, 10]]);
  });

  it('takes the place of a file of the step that is damaged', async () => {
    const { files, moments } = newFolder();
    await files.write('moments-000010.safetensors', new Uint8Array(20));
    await save(moments, 5, 10);
    expect(await stepsOf(moments)).toEqual([[5, 10]]);
  });

  it('is written with the next one where the disk was full', async () => {
    const { files, moments } = newFolder();
    files.fails = true;
    await expect(save(moments, 0)).rejects.toThrow('ENOSPC');
    expect(await stepsOf(moments)).toEqual([[0]]);
    files.fails = false;
    await save(moments, 10, 20);
    expect(await namesOf(files)).toEqual(['moments-000020.safetensors']);
    expect(await stepsOf(moments)).toEqual([[0, 10, 20]]);
  });
});

describe('the room that they may take', () => {
  it('is kept: every other file goes, the first and the last stay, and so do all marks', async () => {
    const size = partOf([10]).byteLength;
    const { moments } = newFolder(4.5 * size);
    for (const step of [0, 10, 20, 30, 40, 50]) await save(moments, step);
    expect(await stepsOf(moments)).toEqual([[0], [20], [40], [50]]);
    expect(await moments.gained()).toEqual([gainedAt(20)]);
  });

  it('counts what other windows have written before', async () => {
    const size = partOf([10]).byteLength;
    const { files, moments } = newFolder();
    for (const step of [0, 10, 20, 30]) await save(moments, step);
    await save(new MomentFiles(files, 3.5 * size), 40);
    expect(await stepsOf(moments)).toEqual([[0], [20], [40]]);
  });

  it('holds also for what no disk takes', async () => {
    const { files, moments } = newFolder(5 * 1024);
    files.fails = true;
    for (let step = 0; step < 40; step++) {
      await expect(save(moments, step)).rejects.toThrow('ENOSPC');
    }
    const [steps] = await stepsOf(moments);
    expect(steps?.length).toBeLessThanOrEqual(5);
    expect(steps?.[0]).toBe(0);
    expect(steps?.at(-1)).toBe(39);
  });
});

describe('what heads have become', () => {
  it('is what the newest file says that can be read', async () => {
    const { files, moments } = newFolder();
    expect(await moments.gained()).toEqual([]);
    await save(moments, 20);
    await save(moments, 30);
    await files.write('moments-000030.safetensors', partOfHalf());
    expect(await moments.gained()).toEqual([gainedAt(20)]);
    await files.write('moments-000020.safetensors', partOfHalf());
    expect(await moments.gained()).toEqual([]);
  });

  it('stays known when all that only resuming needs is given up', async () => {
    const { files, moments } = newFolder();
    for (const step of [0, 10, 20]) await save(moments, step);
    await moments.removeOlder();
    expect(await namesOf(files)).toEqual(['moments-000020.safetensors']);
    expect(await moments.gained()).toEqual([gainedAt(20)]);
  });
});

it('a run’s moments come along into another folder, with what that has already', async () => {
  const [from, to] = [newFolder(), newFolder()];
  await save(from.moments, 0);
  await save(from.moments, 10);
  await save(to.moments, 8, 10);
  await to.moments.copyFrom(from.moments);
  expect(await stepsOf(to.moments)).toEqual([[0], [8, 10]]);
});

function partOfHalf(): Uint8Array {
  return new Uint8Array(partOf([1])).subarray(0, 600);
}
