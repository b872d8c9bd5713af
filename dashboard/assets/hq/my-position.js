const WAIT_MS = 15_000;
const REFUSED = 1;

/** Ask the browser where it is: `found({lat, lon, accuracy_m})`, or `failed(reason)` in words. */
export function askPosition(words, found, failed) {
  if (!window.isSecureContext || !navigator.geolocation) {
    failed(words.position_needs_https);
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords: { longitude, latitude, accuracy } }) => found({ lat: latitude, lon: longitude, accuracy_m: Math.ceil(accuracy) }),
    ({ code }) => failed(code === REFUSED ? words.position_refused : words.position_unavailable),
    { enableHighAccuracy: true, maximumAge: 5000, timeout: WAIT_MS },
  );
}
