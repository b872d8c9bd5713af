/** SHA-256 (FIPS 180-4): browsers offer theirs on encrypted addresses only. */

const BLOCK_BYTES = 64;

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime)) found.push(number);
  }
  return found;
}

/** The first 32 bits of a number's fraction. */
const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
const CONSTANTS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
const BEGIN = primes(8).map((prime) => fraction(Math.sqrt(prime)));

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const message = new Uint8Array(length);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(length - 8, Math.floor((bytes.length * 8) / 2 ** 32));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return view;
}

function schedule(words, view, start) {
  for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(start + 4 * t);
  for (let t = 16; t < 64; t += 1) {
    const [near, far] = [words[t - 2], words[t - 15]];
    const one = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10);
    const zero = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3);
    words[t] = (one + words[t - 7] + zero + words[t - 16]) | 0;
  }
}

function mixed(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t += 1) {
    const one = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + one + choice + CONSTANTS[t] + words[t]) | 0;
    const zero = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + zero + majority) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, number) => (word + state[number]) | 0);
}

const hex = (words) => words.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");

/** Return the SHA-256 of bytes, in hexadecimal digits. */
export function sha256(content) {
  const view = padded(new Uint8Array(content));
  const words = new Int32Array(64);
  let state = BEGIN;
  for (let start = 0; start < view.byteLength; start += BLOCK_BYTES) {
    schedule(words, view, start);
    state = mixed(state, words);
  }
  return hex(state);
}
