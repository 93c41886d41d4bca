/**
 * @file Keeps the end of something that grows in sight, in its own box and on the page, until the
 * user scrolls away from it. It knows no view. It jumps, a line at a time, as an editor does:
 * nothing moves that somebody could have asked to be spared.
 */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface Growth {
  /** Another value for each thing that begins to grow; undefined while nothing grows. */
  readonly begun: string | undefined;
  /** Another value whenever it has grown. */
  readonly grown: string;
}

export interface FollowedEnd<Box, End> {
  /** For the box that scrolls what grows in it. */
  readonly box: RefObject<Box | null>;
  /** For what stands at its end, outside of the box. */
  readonly end: RefObject<End | null>;
}

/** Pixels that a place in a box may lie beside a whole one. */
const tolerance = 2;

export function useFollowedEnd<Box extends HTMLElement, End extends HTMLElement>({
  begun,
  grown,
}: Growth): FollowedEnd<Box, End> {
  const box = useRef<Box>(null);
  const end = useRef<End>(null);
  // Each is followed by itself: who reads the beginning in the box may have the page stand below.
  const follows = useRef({ box: false, page: false });
  // Where both stood last. A scroll that is told only with the next frame shows by them before.
  const seen = useRef({ box: 0, page: 0 });

  const reveal = (): void => {
    const { box: inBox, page } = follows.current;
    if (inBox && box.current !== null) {
      box.current.scrollTop = box.current.scrollHeight;
      seen.current.box = box.current.scrollTop;
    }
    if (page) {
      end.current?.scrollIntoView({ block: 'nearest' });
      seen.current.page = window.scrollY;
    }
  };

  useLayoutEffect(() => {
    if (begun === undefined) return;
    follows.current = { box: true, page: true };
    reveal();
  }, [begun]);

  useLayoutEffect(() => {
    const isTold =
      window.scrollY === seen.current.page &&
      (box.current === null || box.current.scrollTop === seen.current.box);
    if (isTold) reveal();
  }, [grown]);

  useEffect(() => {
    // Those of a box do not bubble.
    const look = ({ target }: Event): void => {
      if (target === document) {
        seen.current.page = window.scrollY;
        if (end.current !== null) follows.current.page = isInSight(end.current);
      } else if (target instanceof Element && target === box.current) {
        seen.current.box = target.scrollTop;
        follows.current.box = isAtEnd(target);
      }
    };
    document.addEventListener('scroll', look, { capture: true, passive: true });
    return () => {
      document.removeEventListener('scroll', look, { capture: true });
    };
  }, []);

  return { box, end };
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight + tolerance;
}

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: Element): boolean {
  return scrollTop + clientHeight >= scrollHeight - tolerance;
}
