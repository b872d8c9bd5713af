/** Where a camera says that it took a picture: the GPS directory in the Exif part of a JPEG file. */

const EXIF_MARKER = 0xffe1;
const SCAN_MARKER = 0xffda;
const EXIF = 0x45786966;
const GPS_DIRECTORY = 0x8825;
const LATITUDE_REF = 1;
const LATITUDE = 2;
const LONGITUDE_REF = 3;
const LONGITUDE = 4;
const ENTRY_BYTES = 12;

/** Return where the TIFF structure of a JPEG file begins; null where there is none. */
function tiffStart(view) {
  let at = 2;
  while (at + 10 < view.byteLength) {
    const marker = view.getUint16(at);
    if (marker === EXIF_MARKER && view.getUint32(at + 4) === EXIF) return at + 10;
    if (marker === SCAN_MARKER || marker < 0xff00) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Return the entries of a directory: by tag, where its value or the way to it stands. */
function directory(view, start, offset, isLittle) {
  const count = view.getUint16(start + offset, isLittle);
  const first = start + offset + 2;
  const entries = Array.from({ length: count }, (_, number) => first + number * ENTRY_BYTES);
  return new Map(entries.map((entry) => [view.getUint16(entry, isLittle), entry + 8]));
}

/** Return degrees out of three fractions: degrees, minutes, seconds. */
function degrees(view, start, entry, isLittle) {
  const at = start + view.getUint32(entry, isLittle);
  const parts = [0, 8, 16].map((step) => view.getUint32(at + step, isLittle) / view.getUint32(at + step + 4, isLittle));
  return parts[0] + parts[1] / 60 + parts[2] / 3600;
}

function read(view) {
  const start = tiffStart(view);
  if (start === null) return null;
  const isLittle = view.getUint16(start) === 0x4949;
  const main = directory(view, start, view.getUint32(start + 4, isLittle), isLittle);
  if (!main.has(GPS_DIRECTORY)) return null;
  const gps = directory(view, start, view.getUint32(main.get(GPS_DIRECTORY), isLittle), isLittle);
  const along = (value, reference, negative) => {
    const sign = view.getUint8(gps.get(reference)) === negative.charCodeAt(0) ? -1 : 1;
    return sign * degrees(view, start, gps.get(value), isLittle);
  };
  return { lon: along(LONGITUDE, LONGITUDE_REF, "W"), lat: along(LATITUDE, LATITUDE_REF, "S") };
}

/** Return `{lon, lat}` in degrees of a file's bytes; null where it tells none, or nonsense. */
export function placeOfPhotograph(bytes) {
  try {
    const place = read(new DataView(bytes));
    const isPlace = place && Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 90 && (place.lon || place.lat);
    return isPlace ? place : null;
  } catch {
    // A broken file points beyond its own end.
    return null;
  }
}
