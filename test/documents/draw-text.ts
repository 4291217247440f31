/** A picture of one byte a pixel: 0 is black, 255 white. */
export interface Bitmap {
  width: number;
  height: number;
  pixels: Uint8Array;
}

type Point = readonly [x: number, y: number];
type Stroke = readonly Point[];

/** A part of an ellipse, from one angle to another in degrees, clockwise from the right. */
function arc(centre: Point, radii: Point, [from, to]: Point): Stroke {
  return Array.from({ length: 25 }, (_, n) => {
    const angle = ((from + ((to - from) * n) / 24) * Math.PI) / 180;
    return [centre[0] + radii[0] * Math.cos(angle), centre[1] + radii[1] * Math.sin(angle)];
  });
}

const bow: Stroke = [
  [0.05, 0],
  [0.3, 0],
  ...arc([0.3, 0.27], [0.27, 0.27], [-90, 90]),
  [0.05, 0.54],
];
const round = arc([0.37, 0.5], [0.36, 0.5], [310, 50]);

/** Strokes in a box of 0.7 by 1, from the top left. */
const font: Readonly<Record<string, readonly Stroke[]>> = {
  '0': [arc([0.3, 0.5], [0.28, 0.5], [0, 360])],
  '1': [
    [
      [0.1, 0.2],
      [0.32, 0],
      [0.32, 1],
    ],
    [
      [0.1, 1],
      [0.54, 1],
    ],
  ],
  '2': [[...arc([0.3, 0.28], [0.28, 0.28], [180, 390]), [0.02, 1], [0.6, 1]]],
  '3': [arc([0.28, 0.25], [0.27, 0.25], [-150, 90]), arc([0.28, 0.74], [0.3, 0.26], [-90, 150])],
  '4': [
    [
      [0.46, 1],
      [0.46, 0],
      [0, 0.68],
      [0.64, 0.68],
    ],
  ],
  '5': [[[0.55, 0], [0.1, 0], ...arc([0.28, 0.68], [0.3, 0.32], [-140, 140])]],
  '6': [arc([0.3, 0.69], [0.28, 0.31], [0, 360]), arc([0.6, 0.69], [0.58, 0.69], [180, 262])],
  '7': [
    [
      [0, 0],
      [0.6, 0],
      [0.2, 1],
    ],
  ],
  '8': [arc([0.3, 0.25], [0.25, 0.25], [0, 360]), arc([0.3, 0.75], [0.3, 0.25], [0, 360])],
  '9': [arc([0.3, 0.31], [0.28, 0.31], [0, 360]), arc([0, 0.31], [0.58, 0.69], [0, 82])],
  A: [
    [
      [0, 1],
      [0.35, 0],
      [0.7, 1],
    ],
    [
      [0.13, 0.66],
      [0.57, 0.66],
    ],
  ],
  C: [round],
  D: [[[0.05, 0], [0.05, 1], [0.25, 1], ...arc([0.25, 0.5], [0.4, 0.5], [90, -90]), [0.05, 0]]],
  E: [
    [
      [0.6, 0],
      [0.05, 0],
      [0.05, 1],
      [0.6, 1],
    ],
    [
      [0.05, 0.5],
      [0.5, 0.5],
    ],
  ],
  G: [[...round, [0.68, 0.55], [0.4, 0.55]]],
  P: [
    [
      [0.05, 1],
      [0.05, 0],
    ],
    bow,
  ],
  R: [
    [
      [0.05, 1],
      [0.05, 0],
    ],
    bow,
    [
      [0.3, 0.54],
      [0.65, 1],
    ],
  ],
  ' ': [],
};

const letterPixels = 40;
const penPixels = 2.6;
const marginPixels = 40;
const advancePixels = 36;

/** Draws a line of text, black on white, with a round pen. */
export function drawText(text: string): Bitmap {
  const width = 2 * marginPixels + text.length * advancePixels;
  const height = 2 * marginPixels + letterPixels;
  const bitmap = { width, height, pixels: new Uint8Array(width * height).fill(255) };
  for (const [column, character] of [...text].entries()) {
    const strokes = font[character];
    if (strokes === undefined) throw new Error(`there is no ${character} in the font`);
    for (const stroke of strokes) {
      const points = stroke.map(
        ([x, y]): Point => [
          marginPixels + column * advancePixels + x * letterPixels,
          marginPixels + y * letterPixels,
        ],
      );
      for (const [n, to] of points.entries())
        drawLine(bitmap, points[Math.max(0, n - 1)] ?? to, to);
    }
  }
  return bitmap;
}

function drawLine(bitmap: Bitmap, from: Point, to: Point): void {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1])) + 1;
  for (let n = 0; n <= steps; n++) {
    const x = from[0] + ((to[0] - from[0]) * n) / steps;
    const y = from[1] + ((to[1] - from[1]) * n) / steps;
    drawDot(bitmap, [x, y]);
  }
}

function drawDot({ width, pixels }: Bitmap, [x, y]: Point): void {
  for (let row = Math.floor(y - penPixels); row <= y + penPixels; row++) {
    for (let column = Math.floor(x - penPixels); column <= x + penPixels; column++) {
      if (Math.hypot(column - x, row - y) <= penPixels) pixels[row * width + column] = 0;
    }
  }
}

/** Turns a bitmap a quarter to the right. */
export function turnRight({ width, height, pixels }: Bitmap): Bitmap {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      turned[x * height + (height - 1 - y)] = pixels[y * width + x] ?? 0;
    }
  }
  return { width: height, height: width, pixels: turned };
}
