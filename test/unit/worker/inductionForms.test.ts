/**
 * @file Whether a model that learns from what repeats comes to have a head that looks for it, and
 * whether it is named when it does.
 */
import { describe, expect, it } from 'vitest';

import { MomentKeeper } from '../../../webview/worker/moments';
import { PacedLooks } from '../../../webview/worker/pacedLooks';
import { repeats, repeatsModel, repeatsTraining } from '../../fixtures/repeats';
import { inFull } from '../support/full';
import { shortRun, TestedSession } from '../support/session';

describe('a model of two layers that learns from random letters, each stretch twice', () => {
  it.runIf(inFull).each([1, 2, 3])(
    'comes to have an induction head, named by itself, and then guesses what repeats (seed %i)',
    { timeout: 600_000 },
    async (seed) => {
      const tested = new TestedSession();
      const failures: unknown[] = [];
      const keeper = new MomentKeeper({
        run: () => tested.session.run,
        looks: new PacedLooks(tested.session),
        share: Infinity,
        tell: () => undefined,
        report: (error) => failures.push(error),
      });
      tested.observed = (run, observation) => keeper.observed(run, observation);
      const bytes = new TextEncoder().encode(repeats(400_000, seed)).buffer;
      await tested.start(shortRun(repeatsModel, { ...repeatsTraining, sampleEvery: 2000, seed }), {
        text: { name: 'repeats.txt', bytes },
      });
      await tested.ended();
      expect(failures).toEqual([]);

      const { gained } = keeper.moments();
      const formed = gained.filter(({ role }) => role === 'induction');
      expect(formed.map(({ path }) => path)).toContain('decoder.1.selfAttention.pattern');
      const step = formed[0]?.step ?? NaN;
      const lossAt = (at: number): number =>
        tested.metrics.find((point) => point.step === at && point.validationLoss !== undefined)
          ?.validationLoss ?? NaN;
      console.log(
        `seed ${seed}: at step ${step}; loss ${lossAt(step).toFixed(2)}, in the end ${lossAt(2000).toFixed(2)}`,
      );
      // Half of the letters cannot be guessed at all: ln 32 = 3.47 each.
      expect(lossAt(step - 125)).toBeGreaterThan(3);
      expect(lossAt(2000)).toBeLessThan(2.9);
    },
  );
});
