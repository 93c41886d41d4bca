/**
 * @file Where runs lie: workspace storage, else global storage, or a folder of the workspace if the
 * user chose that. Knows how to make and find runs, not how they train.
 */
import * as vscode from 'vscode';
import { failureOf, type Failure } from '../../webview/config/errors';
import type { RunConfig } from '../../webview/config/run';
import { staleAfter } from '../../webview/formats/runFolder';
import type { TextSource } from '../datasets/decodeText';
import { fileTrouble } from '../fileTrouble';
import type { Messages } from '../messages';
import { maximumDiskUsageSetting, runsLocationSetting } from '../settings';
import { removalsOver, type RunUsage } from './diskUsage';
import { FolderFiles, readFolder } from './folderFiles';
import { Ownership } from './ownership';
import type { DamagedRun } from './resumption';
import { MemoryFiles, type RunFiles } from './runFiles';
import { storagePaths } from './storagePlaces';
import { StoredRun, type RunContent } from './storedRun';

/** What there is of runs. */
export interface Survey {
  readonly runs: readonly StoredRun[];
  readonly damaged: readonly DamagedRun[];
}

export class RunStore {
  private readonly context: vscode.ExtensionContext;
  private readonly messages: Messages;
  private readonly window: string;
  /** ms since 1970. */
  private prunedAt = 0;
  private readonly logged = new Set<string>();
  /**
   * Runs that were found damaged when they were to be resumed, with the moment they were written
   * last.
   */
  private readonly unusable = new Set<string>();
  /** Runs that no folder took. */
  private readonly inMemory: StoredRun[] = [];

  /** `window` names this window among those that may own a run. */
  constructor(context: vscode.ExtensionContext, messages: Messages, window: string) {
    this.context = context;
    this.messages = messages;
    this.window = window;
  }

  /**
   * Folders that may hold runs, whether they exist or not; those of other windows on this workspace
   * included.
   */
  get places(): readonly vscode.Uri[] {
    const { storageUri, globalStorageUri } = this.context;
    const storages =
      storageUri === undefined
        ? []
        : storagePaths(storageUri.path).map((path) => storageUri.with({ path }));
    return [...workspacePlaces(), ...[...storages, globalStorageUri].map(runsIn)];
  }

  /** Where a new run may go, the first choice first. */
  private get writablePlaces(): readonly vscode.Uri[] {
    const { storageUri, globalStorageUri } = this.context;
    const storages = storageUri === undefined ? [globalStorageUri] : [storageUri, globalStorageUri];
    const chosen = runsLocationSetting() === 'workspace' ? workspacePlaces() : [];
    return [...chosen, ...storages.map(runsIn)];
  }

  /** This window's claim on a run. */
  ownership(run: StoredRun): Ownership {
    return new Ownership(run.files, this.window);
  }

  /** A new run at the first place that can be written; in memory, saying so, if none can. */
  async create(config: RunConfig, text: TextSource | undefined): Promise<StoredRun> {
    const chosen = runsLocationSetting() === 'workspace';
    const id = runId(new Date());
    let passedOver: unknown;
    for (const [index, place] of this.writablePlaces.entries()) {
      const files = filesIn(place, id);
      try {
        const run = await StoredRun.create(files, id, config, text);
        if (isInWorkspace(place)) this.sayOtherFolder(index, passedOver);
        else if (index > 0 || chosen) this.sayFallback(chosen, passedOver);
        return run;
      } catch (error) {
        passedOver ??= error;
        this.messages.remember(error);
        // What a full disk has taken of it; where nothing was written there is nothing to remove.
        await Promise.allSettled([files.destroy()]);
      }
    }
    this.messages.warning(
      vscode.l10n.t(
        'This run cannot be saved: no folder for runs can be written. It is kept in memory, and can be resumed until this window closes or is reloaded. Free disk space or check the permissions, then train again; the log says what failed.',
      ),
      { label: vscode.l10n.t('Show Log'), run: showLog },
    );
    return this.inMemoryOf((files) => StoredRun.create(files, id, config, text));
  }

  /**
   * Saves an ended run whose folder did not take its last snapshot: there after all, or else at the
   * first place that takes it, or in memory.
   */
  async rescue(run: StoredRun, content: RunContent): Promise<StoredRun> {
    const others = this.writablePlaces.map((place) => filesIn(place, run.id));
    for (const files of [run.files, ...others]) {
      try {
        return await this.copied(run, files, content);
      } catch (error) {
        this.messages.remember(error);
      }
    }
    return this.inMemoryOf((files) => this.copied(run, files, content));
  }

  /** Every run, the one written last first, and those whose record cannot be read. */
  async survey(): Promise<Survey> {
    const found = await Promise.all(this.places.map((place) => this.surveyOf(place)));
    const runs = [...this.inMemory, ...found.flatMap((survey) => survey.runs)];
    const damaged = found.flatMap((survey) => survey.damaged);
    return {
      runs: runs.sort((a, b) => b.record.updated.localeCompare(a.record.updated)),
      damaged: damaged.sort((a, b) => b.id.localeCompare(a.id)),
    };
  }

  /**
   * The run written last of those that can be continued, the one of the id `preferred` before all.
   */
  async newestToContinue(preferred?: string): Promise<StoredRun | undefined> {
    const { runs } = await this.survey();
    for (const run of [...runs.filter(({ id }) => id === preferred), ...runs]) {
      if (await this.canContinue(run)) return run;
    }
    return undefined;
  }

  /** Whether a run can be continued, as far as is known without reading checkpoints. */
  async canContinue(run: StoredRun): Promise<boolean> {
    return run.canContinue && !this.unusable.has(versionOf(run)) && (await run.holdsCheckpoint());
  }

  /** The run was found to be damaged: it is offered no more, until it is written again. */
  giveUp(run: StoredRun): void {
    this.unusable.add(versionOf(run));
  }

  /** Prunes, at most once a minute: it looks at every file of every run. */
  async pruneSometimes(now = Date.now()): Promise<void> {
    if (now - this.prunedAt < 60_000) return;
    this.prunedAt = now;
    await this.prune(now);
  }

  /**
   * Removes what old runs need only to be resumed until all take no more than the setting allows,
   * and runs of nothing. What cannot be removed is logged and stays.
   */
  async prune(now = Date.now()): Promise<void> {
    const runs = (await this.survey()).runs.filter(({ isLasting }) => isLasting);
    const usages = new Map<RunUsage, StoredRun>();
    await Promise.all(
      runs.map((run) =>
        this.orLogged(run.id, async () => {
          usages.set(await this.usage(run), run);
        }),
      ),
    );
    for (const { run, step } of removalsOver(maximumDiskUsageSetting(), [...usages.keys()])) {
      await this.orLogged(run.id, async () => {
        await usages.get(run)?.removeCheckpoint(step);
        this.messages.logged(
          `Removed the checkpoint of step ${step} of ${run.id} to save disk space.`,
        );
      });
    }
    for (const [usage, run] of usages) {
      // A run is made a moment before its window claims it.
      const isFresh = now - Date.parse(usage.updated) < staleAfter;
      if (!usage.isEmpty || usage.active || isFresh) continue;
      await this.orLogged(usage.id, async () => {
        await run.destroy();
        this.messages.logged(`Removed ${usage.id}, which ended before its first snapshot.`);
      });
    }
  }

  /** One run that cannot be read or written is no reason to leave the others as they are. */
  private async orLogged(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logOnce(id, error);
    }
  }

  /** Keeps a run while the window is open. */
  private async inMemoryOf(make: (files: RunFiles) => Promise<StoredRun>): Promise<StoredRun> {
    const run = await make(new MemoryFiles());
    this.inMemory.push(run);
    return run;
  }

  /** What was seen of it comes along where it can be read: it is worth less than the run. */
  private async copied(run: StoredRun, files: RunFiles, content: RunContent): Promise<StoredRun> {
    const copy = await run.copyTo(files, content);
    if (files !== run.files) {
      await this.orLogged(run.id, () => copy.moments.copyFrom(run.moments));
    }
    return copy;
  }

  private async surveyOf(place: vscode.Uri): Promise<Survey> {
    const runs: StoredRun[] = [];
    const damaged: DamagedRun[] = [];
    for (const [name, type] of await this.entries(place)) {
      if (type !== vscode.FileType.Directory) continue;
      try {
        const run = await StoredRun.open(filesIn(place, name));
        if (run !== undefined) runs.push(run);
      } catch (error) {
        damaged.push({ id: name, name, failure: this.logOnce(name, error) });
      }
    }
    return { runs, damaged };
  }

  /** Runs are looked for often, and a damaged one stays so. */
  private logOnce(id: string, error: unknown): Failure {
    const failure = failureOf(error);
    const entry = `${id}: ${failure.message}`;
    if (!this.logged.has(entry)) {
      this.messages.logged(`The run ${entry}`);
      this.messages.remember(error);
    }
    this.logged.add(entry);
    return failure;
  }

  private async entries(place: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
    try {
      return await readFolder(place);
    } catch (error) {
      this.messages.remember(error);
      return [];
    }
  }

  private async usage(run: StoredRun): Promise<RunUsage> {
    return run.usage(await this.ownership(run).isOwned());
  }

  /** Says which folder of the workspace takes a run, unless it is the first. */
  private sayOtherFolder(index: number, cause: unknown): void {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const [first, taken] = [folders[0], folders[index]];
    if (index === 0 || first === undefined || taken === undefined) return;
    this.messages.warning(
      vscode.l10n.t(
        'The folder “{0}” cannot take runs, since {1}: this run is saved in the folder “{2}”.',
        first.name,
        whyPassedOver(cause),
        taken.name,
      ),
    );
  }

  /** Says where a run is saved instead, and why: `cause` is what the first place refused with. */
  private sayFallback(chosen: boolean, cause: unknown): void {
    const reason = whyPassedOver(cause);
    this.messages.warning(
      chosen
        ? vscode.l10n.t(
            'The workspace cannot take runs, since {0}: this run is saved in the extension’s storage.',
            reason,
          )
        : vscode.l10n.t(
            'The storage of this workspace cannot be written, since {0}: this run is saved in the extension’s global storage.',
            reason,
          ),
    );
  }
}

/** Why a run cannot be where it was to be; nothing was tried where the workspace has no place. */
function whyPassedOver(cause: unknown): string {
  if (cause !== undefined)
    return fileTrouble(cause)?.reason ?? failureOf(cause).message.replace(/\.$/, '');
  return vscode.workspace.isTrusted
    ? vscode.l10n.t('no folder is open')
    : vscode.l10n.t('it is not trusted');
}

/**
 * `.transformer/runs` of each folder; none in a workspace that is not trusted, since nothing of it
 * is read then.
 */
function workspacePlaces(): readonly vscode.Uri[] {
  if (!vscode.workspace.isTrusted) return [];
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
    vscode.Uri.joinPath(uri, '.transformer', 'runs'),
  );
}

function runsIn(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'runs');
}

function filesIn(place: vscode.Uri, name: string): FolderFiles {
  const hidden = isInWorkspace(place) ? vscode.Uri.joinPath(place, '..') : undefined;
  return new FolderFiles(vscode.Uri.joinPath(place, name), hidden);
}

function isInWorkspace(place: vscode.Uri): boolean {
  return place.path.endsWith('/.transformer/runs');
}

function versionOf({ id, record }: StoredRun): string {
  return `${id} ${record.updated}`;
}

/** Sorts by time and is a valid folder name everywhere: "20261122-221530-4f9a1c2b". */
function runId(now: Date): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${time}-${crypto.randomUUID().slice(0, 8)}`;
}

function showLog(): Thenable<unknown> {
  return vscode.commands.executeCommand('transformerPlayground.showLog');
}
