import { alone, ask, persistently } from "./delivery.js";
import { kept } from "./kept.js";

/**
 * What a shelter asks for and what it received, on its way to the server: `{id, path, body,
 * observed_at}`, and `refusal` where the server has said no.
 */
export const { keep, change, drop, unsent, isKept, onChangeElsewhere } = kept("hq-supply/");

const isReady = (entry) => !entry.refusal;

/** Send one. Throws where nobody can tell whether it arrived: it is sent again. */
async function send({ id, path, body }) {
  const { status, ok, said } = await ask(path, { method: "POST", body: JSON.stringify(body) });
  if (ok && said.id === id) return "recorded";
  // The page of a hotspot answers 200 as well.
  if (ok || !said.errors) throw new Error("this is not our server");
  if (status === 401) return "signed_out";
  change(id, { refusal: said.detail });
  return "answered";
}

async function sendAll(tell) {
  for (;;) {
    const entry = unsent().find(isReady);
    if (!entry) return true;
    const outcome = await send(entry);
    if (outcome === "recorded") drop(entry.id);
    tell(outcome);
    if (outcome === "signed_out") return false;
  }
}

/** Deliver what is kept, again and again until the server has answered; `tell` is told what came of each. */
export const delivery = (tell) =>
  persistently(() => alone("hq-supply", () => sendAll(tell)), {
    isLeft: () => unsent().some(isReady),
    lost: () => tell("lost"),
  });
