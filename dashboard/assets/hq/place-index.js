/** Which towns, shelters and coordinates somebody means by what they have typed. */

const MOST = 8;
/** A box around the inhabited islands, as in gis/geometry/place.py. */
const JAPAN = { lon: [122, 154], lat: [20, 46] };
const PAIR = /^(\d{2,3}(?:\.\d+)?)\s*[,、 ]\s*(\d{2,3}(?:\.\d+)?)$/;
const KANJI_NUMBER = /(?<=第)[一二三四五六七八九十]+|[一二三四五六七八九十]+(?=丁目|番地|条|階|号)/g;
const DIGITS = "〇一二三四五六七八九";

const whole = (text) => text.normalize("NFKC").trim();
const within = (value, [least, most]) => value >= least && value <= most;
const digits = (text) => [...text].map((letter) => DIGITS.indexOf(letter)).join("");

function inDigits(number) {
  const [tens, ones] = number.split("十");
  return ones === undefined ? digits(number) : `${digits(tens) || 1}${digits(ones) || 0}`;
}

/** A name as it is compared: as it stands, and with its numbers in digits; width and ヶ/ケ make no difference. */
function spellings(text) {
  const letters = whole(text).toLowerCase().replace(/\s/g, "").replace(/[ヶヵ]/g, "ケ");
  return [letters, letters.replace(KANJI_NUMBER, inDigits)];
}

/** The place that coordinates name, whichever of the two stands first; null for anything else. */
export function placeNamed(text) {
  const [, ...pair] = PAIR.exec(whole(text)) ?? [];
  for (const [lat, lon] of [pair, [...pair].reverse()].map((each) => each.map(Number))) {
    if (within(lat, JAPAN.lat) && within(lon, JAPAN.lon)) return { lat, lon };
  }
  return null;
}

/** Get places of `{name}` ready to be found. */
export const indexed = (places) => places.map((place) => ({ ...place, spellings: spellings(place.name) }));

/** Find the places whose names hold every word, those that begin with the first one first. */
export function find(text, places) {
  const asked = whole(text).split(/\s+/).filter(Boolean).map(spellings);
  if (!asked.length) return [];
  const holds = (place, word) => word.some((one, way) => place.spellings[way].includes(one));
  const begins = (place) => asked[0].some((one, way) => place.spellings[way].startsWith(one));
  return places
    .filter((place) => asked.every((word) => holds(place, word)))
    .sort((one, other) => begins(other) - begins(one) || one.name.length - other.name.length)
    .slice(0, MOST);
}
