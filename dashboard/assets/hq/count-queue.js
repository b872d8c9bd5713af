import { kept } from "./kept.js";

/** Counts that the server has not confirmed yet. */
export const { keep, change, drop, unsent, isKept, onChangeElsewhere } = kept("hq-count/");

/** Whether a count waits for the server, and not for a person. */
export const isReady = (count) => !count.doubt && !count.refusal;
