/**
 * Plane shapes, as distances. A shape tells of a point how far it lies outside, in pixels; inside the distance is negative.
 * Only sums, products and square roots are used, so that every machine draws the same.
 */

export type Point = readonly [x: number, y: number];
export type Shape = (x: number, y: number) => number;

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [alongX, alongY] = [bx - ax, by - ay];
  const length = alongX * alongX + alongY * alongY;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * alongX + (y - ay) * alongY) / length));
  const [awayX, awayY] = [x - ax - alongX * part, y - ay - alongY * part];
  return Math.sqrt(awayX * awayX + awayY * awayY);
}

function segmentsOf(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.flatMap((point, at) => {
    const next = points[at + 1];
    return next ? [[point, next] as const] : [];
  });
}

/** A line through the points with round ends and joints. */
export function stroke(points: readonly Point[], width: number): Shape {
  const segments = segmentsOf(points);
  return (x, y) => Math.min(...segments.map(([from, to]) => distanceToSegment([x, y], from, to))) - width / 2;
}

/** The area within the points, which reaches `round` further, with corners of that radius. */
export function area(points: readonly Point[], round = 0): Shape {
  const sides = segmentsOf([...points, ...points.slice(0, 1)]);
  return (x, y) => {
    const distance = Math.min(...sides.map(([from, to]) => distanceToSegment([x, y], from, to)));
    // Inside is where a ray to the right crosses an odd number of sides.
    const crossed = sides.filter(
      ([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax,
    );
    return (crossed.length % 2 === 1 ? -distance : distance) - round;
  };
}

/** The edge of a shape as a line of this width, half of it on either side. */
export function edgeOf(shape: Shape, width: number): Shape {
  return (x, y) => Math.abs(shape(x, y)) - width / 2;
}

/** What lies in any of the shapes. */
export function allOf(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}

/** What of a shape lies in the other. */
export function within(outer: Shape, shape: Shape): Shape {
  return (x, y) => Math.max(outer(x, y), shape(x, y));
}

/** How much of the pixel around a point the shape covers, from 0 to 1: its edges are drawn soft, one pixel wide. */
export function coverage(shape: Shape, x: number, y: number): number {
  return Math.min(1, Math.max(0, 0.5 - shape(x, y)));
}
