/**
 * @file Keeps the prompt's tokens and the next token's distribution as the controls say: asked for
 * again when what is wanted changes, the newest first, and now and then while the model trains.
 */
import { computed, effect, untracked } from '@preact/signals';
import { failureOf } from '../../../config/errors';
import type { NextToken, NextTokenRequest, TokenizedText } from '../../../protocol/writing';
import { isOver } from '../../state/isOver';
import { LatestAsker } from '../../state/latestAsker';
import { idsOf } from './branches';
import type { GenerationEndpoint } from './generationConnection';
import { isOpen, type GenerationState } from './generationState';

/** Milliseconds after the last key before a text is cut into tokens. */
const typingPause = 200;

/** Milliseconds after the last change of a control before the distribution is asked for. */
const controlPause = 60;

/** Milliseconds between two looks at the distribution while the model trains. */
const trainingPause = 3000;

/** Tokens that have a bar. */
const topTokens = 8;

export function keepLooking(host: GenerationEndpoint, state: GenerationState): void {
  keepTokens(host, state);
  keepDistribution(host, state);
}

function keepTokens(host: GenerationEndpoint, state: GenerationState): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asker = new LatestAsker<string, TokenizedText>({
    ask: (text, signal) => host.request('tokenize', { text }, { signal }),
    onAnswer: (answer, prompt) => {
      state.promptTokens.value = { answer, prompt };
    },
    onFailure: (error, prompt) => {
      if (!isOver(error)) state.promptTokens.value = { failure: failureOf(error), prompt };
    },
    onIdle: () => undefined,
  });
  // Each step of the run changes the view, and not which run it is.
  const runId = computed(() => state.view.value?.run?.runId);
  effect(() => {
    const text = state.prompt.value;
    clearTimeout(timer);
    if (!state.visible.value) return;
    if (runId.value === undefined || text === '') {
      asker.cancel();
      state.promptTokens.value = {};
      return;
    }
    timer = setTimeout(() => {
      asker.ask(text);
    }, typingPause);
  });
}

function keepDistribution(host: GenerationEndpoint, state: GenerationState): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked for last, and what will be when the timer ends. */
  let asked: Wanted | undefined;
  let waiting: Wanted | undefined;
  const asker = new LatestAsker<Wanted, NextToken>({
    ask: ({ request }, signal) => host.request('nextToken', request, { signal }),
    onAnswer: (answer, { place }) => {
      const { given } = answer;
      state.next.value = { answer, place: given === undefined ? place : placeAfterGiven(given) };
    },
    onFailure: (error, { place }) => {
      if (!isOver(error)) state.next.value = { failure: failureOf(error), place };
    },
    onIdle: () => undefined,
  });
  const rest = (): void => {
    clearTimeout(timer);
    waiting = undefined;
  };
  effect(() => {
    const { run, phase } = state.view.value ?? {};
    const wanted = wantedOf(state);
    // What was seen after another prompt says nothing of one that cannot be read.
    if (run === undefined || isUnreadable(state)) state.next.value = {};
    if (wanted === undefined) {
      rest();
      asker.cancel();
      asked = undefined;
      return;
    }
    const isNew = wanted.key !== asked?.key;
    const shown = untracked(() => state.next.value.answer?.step);
    if (!isNew && shown === run?.step) return;
    // A step that follows another does not put the look off for ever.
    if (wanted.key === waiting?.key) return;
    const isTyped = wanted.request.prompt !== (waiting ?? asked)?.request.prompt;
    const pause = isNew ? (isTyped ? typingPause : controlPause) : trainingPause;
    rest();
    waiting = wanted;
    timer = setTimeout(
      () => {
        asked = wanted;
        waiting = undefined;
        asker.ask(wanted);
      },
      phase === 'training' || isNew ? pause : controlPause,
    );
  });
}

interface Wanted {
  readonly request: NextTokenRequest;
  /** After which tokens that is, in words. */
  readonly place: string;
  /** Differs where the request or the run does. */
  readonly key: string;
}

/** Undefined while nobody sees it, or while it cannot be asked for. */
function wantedOf(state: GenerationState): Wanted | undefined {
  const runId = state.view.value?.run?.runId;
  const sampling = state.sampling.value;
  const isSeen = state.visible.value && isOpen(state, 'next');
  if (runId === undefined || !sampling.ok || !isSeen || state.isWriting.value) return undefined;
  const at = state.token.value;
  const branch = at === undefined ? undefined : state.chosen.value;
  if (isUnreadable(state)) return undefined;
  if (branch !== undefined && branch.runId !== runId) return undefined;
  const prompt = branch?.prompt ?? state.prompt.value;
  // After the token that is chosen, which is drawn already.
  const after = branch === undefined ? [] : [...idsOf(state.tokens.value, (at ?? 0) + 1)];
  const request = { prompt, sampling: sampling.value, top: topTokens };
  return {
    request: { ...request, after: Int32Array.from(after) },
    place: placeOf(state),
    key: JSON.stringify([runId, request, after]),
  };
}

/** Whether the prompt counts, and the model has no tokens for it. */
function isUnreadable({ chosen, promptTokens, token }: GenerationState): boolean {
  const isPrompt = token.value === undefined || chosen.value === undefined;
  return isPrompt && promptTokens.value.failure !== undefined;
}

/** After which tokens the next one is drawn. */
function placeOf({ token, tokens, prompt }: GenerationState): string {
  const at = token.value;
  const chosen = at === undefined ? undefined : tokens.value[at];
  if (chosen !== undefined) return `After the chosen token “${chosen.label}” (${at ?? ''})`;
  return prompt.value === '' ? 'At the start of a new text' : 'After the prompt';
}

/** A new text of a model that is given a token to begin with. */
function placeAfterGiven(given: string): string {
  return `After “${given}”, with which a new text begins as the training text does`;
}
