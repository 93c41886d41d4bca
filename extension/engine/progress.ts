/**
 * @file How far a run is, in words for the status bar and messages. Knows no VS Code: the caller
 * translates.
 */

/** "45 s", "12 min", "3 h 20 min": as exact as an estimate is. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
