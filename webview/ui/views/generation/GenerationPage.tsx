/** @file The generation view from top to bottom. */
import { formatCount } from '../../../config/counts';
import { Banner } from '../../controls/Banner';
import { BranchTree } from './BranchTree';
import { CacheComparison } from './CacheComparison';
import { useGeneration } from './generationContext';
import type { GenerationState } from './generationState';
import { NextTokenPanel } from './NextTokenPanel';
import { NothingToWrite } from './NothingToWrite';
import { PromptSection } from './PromptSection';
import { SideBySide } from './SideBySide';
import { TokenDetail } from './TokenDetail';
import { WrittenBranch } from './WrittenBranch';

export function GenerationPage() {
  const { state } = useGeneration();
  const { problem, view, branches, beside } = state;
  const hasModel = view.value?.run !== undefined;
  const hasTexts = branches.value.length > 0;
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {state.announcement.value}
      </div>
      <main class="generation-page">
        <h1 class="visually-hidden">Generation</h1>
        <Status />
        {problem.value !== undefined && (
          <Banner
            severity="error"
            message={problem.value.message}
            remedy={problem.value.remedy}
            onDismiss={() => {
              problem.value = undefined;
            }}
          />
        )}
        <NothingToWrite />
        {hasModel && <PromptSection />}
        {hasTexts && (
          <>
            {beside.value.length > 0 && <SideBySide />}
            <WrittenBranch />
            <TokenDetail />
          </>
        )}
        {hasModel && <NextTokenPanel />}
        <BranchTree />
        {hasModel && <CacheComparison />}
      </main>
    </>
  );
}

/** Whose weights write. */
function Status() {
  const { state } = useGeneration();
  const { run } = state.view.value ?? {};
  if (run === undefined) return null;
  return (
    <p class="generation-status">
      <strong>{run.name}</strong> <span>{standing(state)}</span>
    </p>
  );
}

function standing({ view }: GenerationState): string {
  const { run, phase } = view.value ?? {};
  const weights = `weights of step ${formatCount(run?.step ?? 0)}`;
  if (phase === 'training') return `${weights}, training goes on`;
  return phase === 'paused' ? `${weights}, paused` : weights;
}
