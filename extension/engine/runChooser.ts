/**
 * @file Which saved run is resumed: the newest that can go on, a certain one, or the one that the
 * user picks. Waits, reads and says what was passed over; continues nothing.
 */
import * as vscode from 'vscode';
import { PlaygroundError } from '../../webview/config/errors';
import type { Messages } from '../messages';
import { Refusal } from '../refusal';
import {
  allDamaged,
  isDamaged,
  readToResume,
  type DamagedRun,
  type Resumption,
} from '../runs/resumption';
import type { RunStore } from '../runs/runStore';
import type { StoredRun } from '../runs/storedRun';
import { tellOwned, tellPassedOver } from './passedOver';
import { pickRun } from './pickRun';
import { waitUntilFree } from './waitUntilFree';

/** A run to continue, one that another window trains, or nothing since the user cancelled. */
export type RunChoice =
  | { readonly kind: 'found'; readonly found: Resumption }
  | { readonly kind: 'owned'; readonly stored: StoredRun }
  | { readonly kind: 'cancelled' };

type Look = RunChoice | { readonly kind: 'damaged'; readonly damaged: DamagedRun };

export class RunChooser {
  private readonly store: RunStore;
  private readonly messages: Messages;

  constructor(store: RunStore, messages: Messages) {
    this.store = store;
    this.messages = messages;
  }

  /**
   * The run written last, or the newest before it that is neither damaged nor trained by another
   * window. Throws if none can be continued anywhere.
   */
  async newest(): Promise<RunChoice> {
    const { runs, damaged } = await this.store.survey();
    const passedOver: DamagedRun[] = [];
    const owned: StoredRun[] = [];
    for (const stored of runs.filter(({ canContinue }) => canContinue)) {
      const look = await this.look(stored);
      switch (look.kind) {
        case 'cancelled':
          return look;
        case 'owned':
          owned.push(stored);
          break;
        case 'damaged':
          passedOver.push(look.damaged);
          break;
        case 'found': {
          const newer = damaged.filter(({ id }) => id > stored.id);
          tellPassedOver(this.messages, look.found, [...passedOver, ...newer]);
          tellOwned(this.messages, look.found, owned);
          return look;
        }
        default:
          look satisfies never;
      }
    }
    const [trained] = owned;
    if (trained !== undefined) return { kind: 'owned', stored: trained };
    throw nothingToResume([...passedOver, ...damaged]);
  }

  /** The run of an id. Throws if it is gone or damaged. */
  async byId(runId: string): Promise<RunChoice> {
    const { runs } = await this.store.survey();
    const stored = runs.find(({ id, canContinue }) => id === runId && canContinue);
    if (stored === undefined) throw runGone();
    const look = await this.look(stored);
    if (look.kind === 'damaged') throw allDamaged([look.damaged]);
    if (look.kind === 'found') tellPassedOver(this.messages, look.found, []);
    return look;
  }

  /** The run that the user picks of all that can be continued. Throws if there is none. */
  async picked(): Promise<RunChoice> {
    const { runs, damaged } = await this.store.survey();
    const listed = await Promise.all(
      newestOfEach(runs).map(async (stored) => {
        if (!(await this.store.canContinue(stored))) return [];
        return [{ stored, owned: (await this.store.ownership(stored).other()) !== undefined }];
      }),
    );
    if (listed.flat().length === 0) throw nothingToResume(damaged);
    const stored = await pickRun(listed.flat());
    return stored === undefined ? { kind: 'cancelled' } : this.byId(stored.id);
  }

  private async look(stored: StoredRun): Promise<Look> {
    const waited = await waitUntilFree(this.store.ownership(stored), stored.config.name);
    if (waited === 'cancelled') return { kind: 'cancelled' };
    if (waited === 'owned') return { kind: 'owned', stored };
    const found = await readToResume(stored);
    if (!isDamaged(found)) return { kind: 'found', found };
    this.messages.remember(new PlaygroundError(found.failure));
    this.store.giveUp(stored);
    return { kind: 'damaged', damaged: found };
  }
}

/** A run that was saved elsewhere in the end lies in two folders: the later state counts. */
function newestOfEach(newestFirst: readonly StoredRun[]): readonly StoredRun[] {
  const ids = newestFirst.map(({ id }) => id);
  return newestFirst.filter(({ id }, index) => ids.indexOf(id) === index);
}

function nothingToResume([first, ...others]: readonly DamagedRun[]): PlaygroundError {
  if (first !== undefined) return allDamaged([first, ...others]);
  return new Refusal({
    code: 'no-runs',
    message: vscode.l10n.t('There is no run to resume: none is saved here.'),
    remedy: vscode.l10n.t('Train one with “Transformer: Train Tiny Model”.'),
  });
}

function runGone(): Refusal {
  return new Refusal({
    code: 'run-gone',
    message: vscode.l10n.t('This run cannot be resumed: nothing of it is saved any more.'),
    remedy: vscode.l10n.t('Use “Transformer: Resume Last Run” for another one, or train anew.'),
  });
}
