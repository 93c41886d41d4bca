/**
 * @file The colours of a heatmap: tables whose lightness rises or falls evenly, so that equal steps
 * of weight look equally large, to eyes that tell no hues apart as well. Pure; knows no canvas.
 */

/** Colours that a table has. */
export const tableSize = 256;

/** What a map is drawn on: on dark a large weight is bright, on light it is dark. */
export type Ground = 'dark' | 'light';

/** Red, green, blue, 0 … 255. */
export type Colour = readonly [number, number, number];

/** A colour in OKLCH (Ottosson 2020): lightness 0 … 1, chroma, hue in degrees. */
interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** [256 × 3]: entry 0 is a weight of nothing, 255 the largest of the scale. */
export function colourTable(ground: Ground): Uint8Array {
  const table = new Uint8Array(tableSize * 3);
  for (let index = 0; index < tableSize; index += 1) {
    table.set(toSrgb(colourAt(index / (tableSize - 1), ground)), index * 3);
  }
  return table;
}

/**
 * [256 × 3]: blue for less than nothing, orange for more, told apart by those who see no red or
 * green; the ground between. Lightness changes evenly, and alike to both sides.
 */
export function signedTable(ground: Ground): Uint8Array {
  const table = new Uint8Array(tableSize * 3);
  for (let index = 0; index < tableSize; index += 1) {
    const signed = (2 * index) / (tableSize - 1) - 1;
    const strength = Math.abs(signed);
    const lightness = ground === 'dark' ? 0.24 + 0.56 * strength : 0.97 - 0.47 * strength;
    const hue = signed < 0 ? 255 : 55;
    table.set(toSrgb({ lightness, chroma: 0.15 * strength, hue }), index * 3);
  }
  return table;
}

/** The entry of a share of the scale, 0 … 1. */
export function indexOf(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * (tableSize - 1));
}

export function colourOf(table: Uint8Array, share: number): Colour {
  const at = indexOf(share) * 3;
  return [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0];
}

/** As in a style sheet. */
export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/**
 * The way of viridis (van der Walt and Smith 2015): violet through green to yellow, with lightness
 * even along it. On light it is walked the other way round, and begins almost white.
 */
function colourAt(share: number, ground: Ground): Oklch {
  const lightness = ground === 'dark' ? 0.24 + 0.69 * share : 0.97 - 0.67 * share;
  const bright = ground === 'dark' ? share : 1 - share;
  const chroma = ground === 'dark' ? 0.09 + 0.07 * share : 0.02 + 0.12 * share;
  return { lightness, chroma, hue: 300 - 195 * bright };
}

/** The nearest colour of the screen: chroma gives way, lightness stays. */
function toSrgb(colour: Oklch): Colour {
  let { chroma } = colour;
  for (;;) {
    const linear = toLinear({ ...colour, chroma });
    const fits = linear.every((part) => part >= -1e-4 && part <= 1 + 1e-4);
    if (fits || chroma <= 0) {
      const [red, green, blue] = linear;
      return [toByte(red), toByte(green), toByte(blue)];
    }
    chroma = Math.max(0, chroma - 0.002);
  }
}

function toLinear({ lightness, chroma, hue }: Oklch): Colour {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toByte(linear: number): number {
  const clear = Math.min(1, Math.max(0, linear));
  const encoded = clear <= 0.0031308 ? 12.92 * clear : 1.055 * clear ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
