/** Distances and areas on the ground, of a sphere as large as the earth: to within half a per cent. */

const RADIUS_M = 6_371_000;
const KM_M = 1000;
const KM2_M2 = 1_000_000;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** How long the way through some places is, in metres. */
export function lengthOf(map, places) {
  return places.slice(1).reduce((sum, place, before) => sum + map.distance(places[before], place), 0);
}

/** How large the area with these corners is, in square metres. */
export function areaOf(corners) {
  const twice = corners.reduce((sum, { lat, lng }, number) => {
    const next = corners[(number + 1) % corners.length];
    return sum + radians(next.lng - lng) * (Math.sin(radians(lat)) + Math.sin(radians(next.lat)));
  }, 0);
  return (Math.abs(twice) / 2) * RADIUS_M ** 2;
}

/** Write a length in whole metres, from a kilometre on in kilometres. */
export function lengthText(metres) {
  return Math.round(metres) < KM_M ? `${Math.round(metres)} m` : `${(metres / KM_M).toFixed(2)} km`;
}

/** Write an area in square metres, from a tenth of a square kilometre on in square kilometres. */
export function areaText(m2) {
  return m2 < KM2_M2 / 10 ? `${Math.round(m2).toLocaleString("en-US")} m²` : `${(m2 / KM2_M2).toFixed(2)} km²`;
}
