/**
 * @file The attention page and its host: asks for pictures when what is wanted changes, and again
 * and again while the model trains; offers the user's actions.
 */
import { computed, effect, untracked } from '@preact/signals';
import { failureOf, type PlaygroundError } from '../../../config/errors';
import type {
  AttentionHostApi,
  AttentionPageApi,
  PictureFile,
} from '../../../protocol/attentionApi';
import type { AttentionMaps, AttentionRequest } from '../../../protocol/attentionMaps';
import { Endpoint } from '../../../protocol/endpoint';
import { protocolVersion } from '../../../protocol/engineApi';
import { pagePort } from '../../../protocol/port';
import type { Selection } from '../../../protocol/selection';
import { announce } from '../../state/announce';
import { followVisibility } from '../../state/followVisibility';
import { isOver } from '../../state/isOver';
import type { PageApi } from '../../state/vscodeApi';
import { isSameText, type AttentionState, type NamedText } from './attentionState';
import { deeperOf, type Deeper } from './deeper/deeper';
import { LatestAsker } from '../../state/latestAsker';
import { RolesKeeper } from './rolesKeeper';
import { isSameHead, selectionOf, shownMaps, type OpenHead } from './shownMaps';

export type AttentionEndpoint = Endpoint<AttentionPageApi, AttentionHostApi>;

/** What the user can do on the page. None of them rejects: what fails shows as `state.problem`. */
export interface AttentionActions {
  /** Silences every head in turn, for what it costs. */
  readonly silenceHeads: () => void;
  /** Follows a token through the head that was opened last. */
  readonly follow: (query: number) => void;
  readonly select: (selection: Selection) => void;
  /**
   * Opens a head and selects it, or closes it. Where the selected one is closed, one that stays
   * open is selected: whoever selects the closed one again elsewhere wants to see it again.
   */
  readonly toggle: (head: OpenHead) => void;
  readonly openPlayground: () => void;
  readonly goToSource: (path: string) => void;
  readonly showExplanation: (path: string) => void;
  readonly save: (make: () => Promise<PictureFile>) => void;
}

/** Cells a side of a thumbnail. */
const thumbnailCells = 64;

/** Milliseconds after the last key before a text is looked at. */
const typingPause = 300;

/** Milliseconds from one picture to the next while training, however fast they come. */
const leastPause = 250;

/** Milliseconds before a picture that failed is asked for again. */
const pauseAfterFailure = 3000;

export function connectAttention(
  state: AttentionState,
  api: PageApi,
): { readonly actions: AttentionActions; readonly deeper: Deeper } {
  const report = (error: PlaygroundError): void => {
    const message = `${error.code}: ${error.message}\n${error.stack ?? ''}`.slice(0, 10_000);
    host.request('log', { level: 'error', message }).catch(() => {
      // The host is gone: nobody is left to tell.
    });
  };
  const host: AttentionEndpoint = new Endpoint(pagePort(api, window), {
    name: 'attention',
    protocolVersion,
    onError: report,
  });
  followHost(host, state);
  const roles = new RolesKeeper(state, (params, signal) =>
    host.request('headRoles', params, { signal }),
  );
  keepAsking(host, state, roles);
  return { actions: actionsOf(host, state, roles), deeper: deeperOf(state, host) };
}

function followHost(host: AttentionEndpoint, state: AttentionState): void {
  const hostSees = followVisibility(state.visible);
  host.on('visibility', ({ visible }) => {
    hostSees(visible);
  });
  host.on('view', (view) => {
    state.applyView(view);
  });
  // Asked again of every host: the extension host may be restarted under a living page.
  host.onReady(() => {
    host.request('hello', null).then(
      (view) => {
        state.applyView(view);
      },
      (error: unknown) => {
        if (!isOver(error)) state.problem.value = failureOf(error);
      },
    );
  });
}

type Wanted = Omit<AttentionRequest, 'heads'> & {
  readonly heads: readonly OpenHead[];
  /** What the user named: told to nobody. */
  readonly named: NamedText;
};

/** What is on the page follows what the user wants to see, and the run in training. */
function keepAsking(host: AttentionEndpoint, state: AttentionState, roles: RolesKeeper): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = leastPause;
  const isTraining = (): boolean => state.view.peek()?.phase === 'training';
  const asker = new LatestAsker<Wanted, AttentionMaps>({
    ask: ({ of, heads, thumbnail, live }, signal) =>
      host.request('attention', { of, heads, thumbnail, live }, { signal }),
    onAnswer: (answer, { of, heads, live, named }) => {
      pause = leastPause;
      // The user has held the picture meanwhile.
      if (live && !state.live.peek()) return;
      state.applyMaps(shownMaps(answer, heads), { of, named });
      roles.lookAt(answer.step);
    },
    onFailure: (error, { named }) => {
      pause = pauseAfterFailure;
      // The user has named another text meanwhile.
      if (!isSameText(named, state.named.peek())) return;
      if (!isOver(error)) state.failure.value = failureOf(error);
    },
    onIdle: () => {
      state.isAsking.value = false;
      if (state.live.peek() && isTraining()) later(pause, true);
    },
  });
  const ask = (live: boolean): void => {
    const of = state.looked.peek();
    const { run } = state.view.peek() ?? {};
    if (of === undefined || run === undefined || !state.visible.peek()) return;
    if (live && (asker.isBusy || !state.live.peek())) return;
    // Of a model that nobody has seen yet, the heads are not known.
    const heads = state.maps.peek() === undefined ? [] : state.open.peek();
    state.isAsking.value = !live;
    asker.ask({ of, heads, thumbnail: thumbnailCells, live, named: state.named.peek() });
  };
  /** What follows the run waits for its turn; what the user wants takes it. */
  const later = (ms: number, live: boolean): void => {
    if (live && timer !== undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      ask(live);
    }, ms);
  };
  // What the user wants to see; each step of the run changes the view, and none of this.
  const wanted = computed(() => {
    const { run, written, given } = state.view.value ?? {};
    if (run === undefined || !state.visible.value) return undefined;
    const { source, typed, row, window: batch, open } = state;
    const text = source.value === 'written' ? written?.number : typed.value;
    const looked = [source.value, text, given?.number, row.value, batch.value];
    return JSON.stringify([run.runId, looked, open.value]);
  });
  let typedBefore = state.typed.peek();
  effect(() => {
    if (wanted.value === undefined) return;
    untracked(() => {
      const isTyping = state.typed.value !== typedBefore;
      typedBefore = state.typed.value;
      if (isTyping) later(typingPause, false);
      else later(0, false);
    });
  });
  // What the run has become, where no picture follows it by itself.
  effect(() => {
    const step = state.view.value?.run?.step;
    const phase = state.view.value?.phase;
    const live = state.live.value;
    if (step === undefined || !state.visible.value) return;
    untracked(() => {
      if (phase === 'training') {
        if (live) later(leastPause, true);
      } else if (step !== state.maps.value?.step && !asker.isBusy) later(0, false);
    });
  });
}

function actionsOf(
  host: AttentionEndpoint,
  state: AttentionState,
  roles: RolesKeeper,
): AttentionActions {
  const attempt = (work: () => Promise<unknown>): void => {
    state.problem.value = undefined;
    work().catch((error: unknown) => {
      if (!isOver(error)) state.problem.value = failureOf(error);
    });
  };
  let following: AbortController | undefined;
  state.texts.subscribe(() => {
    following?.abort();
  });
  const select = (selection: Selection): void => {
    attempt(() => host.request('select', selection));
  };
  return {
    silenceHeads: () => {
      roles.silence();
    },
    follow: (query) => {
      const maps = state.maps.peek();
      const at = state.current.peek();
      if (maps === undefined || at === undefined || typeof at.head !== 'number') return;
      const { path, head } = at;
      following?.abort();
      following = new AbortController();
      const { signal } = following;
      const ids = Int32Array.from(maps.tokens, ({ id }) => id);
      attempt(async () => {
        const of = { from: 'tokens', ids } as const;
        const token = await host.request('follow', { of, path, head, query }, { signal });
        state.following.value = { token, query, at };
      });
    },
    select,
    toggle: (head) => {
      const before = state.open.peek();
      state.toggle(head);
      const open = state.open.peek();
      const current = state.current.peek();
      if (open === before || current === undefined) return;
      if (isSameHead(current, head) || !state.showsSelection()) select(selectionOf(current));
    },
    openPlayground: () => {
      attempt(() => host.request('openPlayground', null));
    },
    goToSource: (path) => {
      attempt(() => host.request('goToSource', { path }));
    },
    showExplanation: (path) => {
      attempt(() => host.request('showExplanation', { path }));
    },
    save: (make) => {
      attempt(async () => {
        const file = await make();
        const { saved } = await host.request('save', file);
        if (saved) announce(state.announcement, `${file.name} is saved`);
      });
    },
  };
}
