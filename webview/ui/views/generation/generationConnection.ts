/**
 * @file The generation view and its host: follows the run, asks for tokens and distributions when
 * what is wanted changes, offers the user's actions.
 */
import { failureOf, type PlaygroundError } from '../../../config/errors';
import { Endpoint } from '../../../protocol/endpoint';
import { protocolVersion, type GenerateParams } from '../../../protocol/engineApi';
import type { GenerationHostApi, GenerationPageApi } from '../../../protocol/generationApi';
import { pagePort } from '../../../protocol/port';
import type { PageApi } from '../../state/vscodeApi';
import { announce } from '../../state/announce';
import { followVisibility } from '../../state/followVisibility';
import { isOver } from '../../state/isOver';
import { forkAt, idsOf, chosenToken, type Branch } from './branches';
import { compareCaches } from './compare';
import type { GenerationActions } from './generationActions';
import type { GenerationState } from './generationState';
import { keepLooking } from './keepLooking';
import { Writing } from './writing';

export type GenerationEndpoint = Endpoint<GenerationPageApi, GenerationHostApi>;

/** Alternatives that are told for each token. */
const alternatives = 8;

export function connectGeneration(state: GenerationState, api: PageApi): GenerationActions {
  const report = (error: PlaygroundError): void => {
    const message = `${error.code}: ${error.message}\n${error.stack ?? ''}`.slice(0, 10_000);
    host.request('log', { level: 'error', message }).catch(() => {
      // The host is gone: nobody is left to tell.
    });
  };
  const host: GenerationEndpoint = new Endpoint(pagePort(api, window), {
    name: 'generation',
    protocolVersion,
    onError: report,
  });
  followHost(host, state);
  keepLooking(host, state);
  return actionsOf(host, state);
}

function followHost(host: GenerationEndpoint, state: GenerationState): void {
  const hostSees = followVisibility(state.visible);
  host.on('visibility', ({ visible }) => {
    hostSees(visible);
  });
  host.on('view', (view) => {
    state.view.value = view;
  });
  // Asked again of every host: the extension host may be restarted under a living page.
  host.onReady(() => {
    host.request('hello', null).then(
      (view) => {
        state.view.value = view;
      },
      (error: unknown) => {
        if (!isOver(error)) state.problem.value = failureOf(error);
      },
    );
  });
}

function actionsOf(host: GenerationEndpoint, state: GenerationState): GenerationActions {
  const writing = new Writing(state, (params, signal) =>
    host.request('generate', { ...params, alternatives }, { signal }),
  );
  host.on('generated', (piece) => {
    writing.add(piece);
  });
  const attempt = (work: () => Promise<unknown>): void => {
    state.problem.value = undefined;
    work().catch((error: unknown) => {
      if (!isOver(error)) state.problem.value = failureOf(error);
    });
  };
  let comparing: AbortController | undefined;
  return {
    generate: () => {
      const runId = state.view.peek()?.run?.runId;
      const obstacle = state.obstacle.peek();
      if (runId === undefined || obstacle !== undefined) {
        announce(state.announcement, obstacle ?? 'No model is loaded.');
        return;
      }
      const prompt = state.prompt.peek();
      const begun = state.variants.peek().map((sampling): Branch => {
        const id = crypto.randomUUID();
        return { id, runId, prompt, tokens: [], sampling, progress: { phase: 'waiting' } };
      });
      writing.begin(begun);
    },
    stop: () => {
      comparing?.abort();
      writing.stop();
    },
    goOn: () => {
      const branch = state.chosen.peek();
      const sampling = state.sampling.peek();
      if (branch !== undefined && sampling.ok) writing.goOn(branch, sampling.value);
    },
    branch: (at, token) => {
      const from = state.chosen.peek();
      const sampling = state.sampling.peek();
      const here = state.tokens.peek()[at];
      if (from === undefined || here === undefined || !sampling.ok) return;
      const fork = forkAt(state.branches.peek(), from, at);
      const { runId, prompt } = from;
      const first = chosenToken(token, here.alternatives);
      const id = crypto.randomUUID();
      const progress = { phase: 'waiting' } as const;
      writing.begin([
        { id, runId, prompt, fork, tokens: [first], sampling: sampling.value, progress },
      ]);
    },
    compare: () => {
      const sampling = state.sampling.peek();
      if (!sampling.ok || state.isWriting.peek()) return;
      comparing = new AbortController();
      void compare(
        host,
        state,
        { prompt: state.prompt.peek(), sampling: sampling.value },
        comparing,
      );
    },
    copy: (text, onCopied) => {
      attempt(async () => {
        await host.request('copyText', { text });
        announce(state.announcement, 'Copied');
        onCopied();
      });
    },
    showAttention: (at) => {
      const branch = state.chosen.peek();
      if (branch === undefined) return;
      const { prompt } = branch;
      const after = idsOf(state.tokens.peek(), at + 1);
      attempt(() => host.request('showAttention', { prompt, after }));
    },
    runCommand: (command) => {
      attempt(() => host.request('runCommand', { command }));
    },
  };
}

/** Never rejects: what fails stands where the times would. */
async function compare(
  host: GenerationEndpoint,
  state: GenerationState,
  what: Pick<GenerateParams, 'prompt' | 'sampling'>,
  { signal }: AbortController,
): Promise<void> {
  const { prompt, sampling } = what;
  try {
    state.comparison.value = await compareCaches(
      sampling,
      (each) => {
        const params = { id: crypto.randomUUID(), prompt, sampling: each };
        return host.request('generate', params, { signal });
      },
      (activity) => {
        state.comparison.value = { phase: 'running', activity };
      },
    );
    announce(state.announcement, 'Both ways are measured');
  } catch (error) {
    const failure = failureOf(error);
    state.comparison.value = signal.aborted ? { phase: 'stopped' } : { phase: 'failed', failure };
    announce(
      state.announcement,
      signal.aborted ? 'Stopped.' : `${failure.message} ${failure.remedy}`,
    );
  }
}
