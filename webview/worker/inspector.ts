/**
 * @file Answers who looks into the model of the run in the engine. It looks between two steps and
 * changes nothing; what is seen is worked out in `inspection`.
 */
import { Window } from '../inference/generate';
import { attentionOf } from '../inspection/attention';
import { attentionsOf } from '../inspection/attentions';
import { follow } from '../inspection/follow';
import { circuitOf } from '../inspection/circuit';
import { headRolesOf, lossWithout } from '../inspection/headRoles';
import { logitLens } from '../inspection/logitLens';
import { nextTokenStages } from '../inspection/nextToken';
import { whatIf } from '../inspection/whatIf';
import type {
  AttentionMaps,
  AttentionRequest,
  FollowedToken,
  FollowRequest,
  HeadRolesFound,
  HeadRolesRequest,
  HeadScores,
} from '../protocol/attentionMaps';
import type { Circuit, CircuitRequest } from '../protocol/circuit';
import { cancelled } from '../protocol/errors';
import type { LogitLens, LogitLensRequest } from '../protocol/logitLens';
import type { NextToken, NextTokenRequest } from '../protocol/writing';
import type { WhatIfRequest, WhatIfResult } from '../protocol/whatIf';
import type { Subject } from '../training/probe';
import type { ActiveRun } from './activeRun';
import { lookedWindows } from './dataset';
import { subjectOf, textOf } from './lookedRun';
import type { PacedLooks } from './pacedLooks';
import { promptOf } from './prompt';
import type { Session } from './session';

/** Of which run, and how far it was. */
interface Whose {
  readonly runId: string;
  readonly step: number;
}

/** How something is asked for: `live`, only when looking has its share of the time again. */
interface Asked {
  readonly signal: AbortSignal;
  readonly live?: boolean;
}

/** A model with the weights of one moment, however training changes them meanwhile. */
interface Frozen {
  readonly subject: Subject;
  readonly run: ActiveRun;
  /** One look among several, each between two steps; rejects when the run has gone. */
  readonly look: <Seen>(work: () => Promise<Seen>) => Promise<Seen>;
}

export class Inspector {
  readonly #session: Session;
  readonly #looks: PacedLooks;

  constructor(session: Session, looks: PacedLooks) {
    this.#session = session;
    this.#looks = looks;
  }

  attention(request: AttentionRequest, signal: AbortSignal): Promise<AttentionMaps> {
    const asked = { signal, live: request.live };
    return this.#look('Looking at attention', asked, (run) =>
      attentionOf(subjectOf(run), textOf(run, request.of), request),
    );
  }

  follow(request: FollowRequest, signal: AbortSignal): Promise<FollowedToken> {
    return this.#look('Following a token', { signal }, (run) =>
      follow(subjectOf(run), textOf(run, request.of), request),
    );
  }

  headRoles({ silence, live }: HeadRolesRequest, signal: AbortSignal): Promise<HeadRolesFound> {
    const asked = { signal, live };
    if (silence) {
      return this.#frozen('Silencing heads', asked, async ({ subject, run, look }) => {
        const found = await look(() => headRolesOf(subject, run.dataset.tokenizer.endOfText));
        const input = lookedWindows(run.dataset, run.config);
        const whole = await look(() => lossWithout(subject, input));
        const attentions = attentionsOf(subject);
        const heads: HeadScores[] = [];
        for (const scores of found.heads) {
          const attention = attentions.find(({ path }) => path === scores.path);
          if (attention === undefined) continue;
          const { head } = scores;
          const without = await look(() => lossWithout(subject, input, { attention, head }));
          heads.push({ ...scores, silenced: without - whole });
        }
        return { ...found, heads };
      });
    }
    return this.#look('Looking at heads', asked, (run) =>
      headRolesOf(subjectOf(run), run.dataset.tokenizer.endOfText),
    );
  }

  whatIf(request: WhatIfRequest, signal: AbortSignal): Promise<WhatIfResult> {
    return this.#frozen('Changing the model', { signal }, ({ subject, run, look }) => {
      const text = textOf(run, request.of);
      const { tokenizer } = run.dataset;
      return whatIf(
        subject,
        { ...request, text },
        {
          tokenizer,
          read: (of) => textOf(run, of),
          turn: look,
        },
      );
    });
  }

  logitLens(request: LogitLensRequest, signal: AbortSignal): Promise<LogitLens> {
    return this.#look('The logit lens', { signal }, (run) =>
      logitLens(subjectOf(run), textOf(run, request.of), request, run.dataset.tokenizer),
    );
  }

  nextToken(request: NextTokenRequest, signal: AbortSignal): Promise<NextToken> {
    return this.#look('Looking at the next token', { signal }, async (run) => {
      const { prompt, after } = promptOf(run, request);
      const { tokenizer, start, startText } = run.dataset;
      const isBegun = request.prompt !== '' || (request.after?.length ?? 0) > 0;
      const isGiven = !isBegun && startText !== '';
      const window = new Window(subjectOf(run), prompt, false);
      for (const token of after) window.append(token);
      try {
        const logits = await window.nextLogits();
        const { sampling, top } = request;
        const stages = nextTokenStages(logits, sampling, top, tokenizer);
        return { ...stages, ...(isGiven && { given: tokenizer.labelOf(start) }) };
      } finally {
        window.dispose();
      }
    });
  }

  circuit(request: CircuitRequest, signal: AbortSignal): Promise<Circuit> {
    return this.#look('Looking at a circuit', { signal }, (run) =>
      circuitOf(subjectOf(run), request, run.dataset.tokenizer),
    );
  }

  /** Many looks at the weights of one moment, while training goes on between them. */
  async #frozen<Seen>(
    what: string,
    asked: Asked,
    work: (frozen: Frozen) => Promise<Seen>,
  ): Promise<Seen & Whose> {
    // Begun in one turn, so that the weights are of one step; worked out in turns of its own.
    const begun = await this.#look(what, asked, (run) => {
      const { model, config } = run.trainer;
      const look = this.#lookAgain(what, asked, run);
      const seen = run.withFrozen((parameters) =>
        work({ run, look, subject: { model, config, parameters, kept: new Map() } }),
      );
      return Promise.resolve({ seen });
    });
    return { ...(await begun.seen), runId: begun.runId, step: begun.step };
  }

  /** Looks at a run that has been looked at before, as long as it is there. */
  #lookAgain(what: string, asked: Asked, run: ActiveRun): Frozen['look'] {
    return async (work) => {
      const { value } = await this.#look(what, asked, async (current) => {
        if (current !== run) throw cancelled(what);
        return { value: await work() };
      });
      return value;
    };
  }

  async #look<Seen>(
    what: string,
    { signal, live = false }: Asked,
    work: (run: ActiveRun) => Promise<Seen>,
  ): Promise<Seen & Whose> {
    const see = async (run: ActiveRun): Promise<Seen & Whose> => {
      const { runId, step } = run;
      return { ...(await work(run)), runId, step };
    };
    if (live) return this.#looks.look(what, see, { signal });
    return this.#session.look(what, (run) => {
      if (signal.aborted) throw cancelled(what);
      return see(run);
    });
  }
}
