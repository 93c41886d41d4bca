/**
 * @file A second window on the same workspace has another storage folder and still has to find the
 * runs of the first.
 */
import { describe, expect, it } from 'vitest';
import { storagePaths } from '../../../extension/runs/storagePlaces';

const at = (folder: string): string => `/user/workspaceStorage/${folder}/publisher.name`;

describe('storage of a workspace', () => {
  it('of the first window is looked for together with that of later ones', () => {
    expect(storagePaths(at('66009eb2'))).toEqual(
      ['66009eb2', '66009eb2-1', '66009eb2-2', '66009eb2-3', '66009eb2-4'].map(at),
    );
  });

  it('of a second window comes first for it, and the first window’s is found', () => {
    const paths = storagePaths(at('-6dc83e2f-1'));
    expect(paths[0]).toBe(at('-6dc83e2f-1'));
    expect(paths).toContain(at('-6dc83e2f'));
    expect(new Set(paths).size).toBe(5);
  });

  it('with an unknown form is itself alone', () => {
    expect(storagePaths('storage')).toEqual(['storage']);
  });
});
