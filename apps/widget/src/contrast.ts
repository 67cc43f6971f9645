/** Makes any brand colour readable: WCAG 2 contrast, on sRGB colours. */

type Rgb = number[];

/** What lies behind coloured text in the light scheme; the style sheet's `--raised` says the same. */
export const RAISED = 0xf4f4f5;

const DEFAULT = 0x1d4ed8;

/**
 * The tenant's colour, darkened where it is too pale: at 4.5:1 or more on the light surfaces, so that
 * text in it and white text on it can both be read. What is not `#rrggbb` becomes blue.
 */
export function readable(color: string | undefined): string {
  const own = channels(/^#[0-9a-f]{6}$/i.test(color ?? "") ? Number(color?.replace("#", "0x")) : DEFAULT);
  for (let share = 1; ; share -= 0.02) {
    const shade = own.map((channel) => Math.round(channel * share));
    if (contrast(shade, channels(RAISED)) >= 4.5) return `rgb(${shade})`;
  }
}

/** The contrast of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance([red = 0, green = 0, blue = 0]: Rgb): number {
  const linear = (channel: number) =>
    channel <= 10 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Red, green and blue, 0 to 255, of 0xrrggbb. */
export function channels(color: number): Rgb {
  return [color >> 16, (color >> 8) & 255, color & 255];
}
