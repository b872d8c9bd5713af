import { askingForm, numberOf } from "./count-asking.js";
import { newId } from "./count-sending.js";
import { change, delivery, drop, isKept, keep, onChangeElsewhere, unsent } from "./count-supply-queue.js";
import { ask } from "./delivery.js";
import { clockTime, element, fill } from "./wording.js";

const number = new Intl.NumberFormat("en-US");
const OVER = new Set(["arrived", "cancelled"]);

/** The supplies of a shelter: what is on its way, what it asked for, and asking for more. */
export class Supplies {
  /** `tapMoment()` is when something is told, `standing()` the shelter's id on the register. */
  constructor(part, texts, { shelterId, tapMoment, standing }) {
    Object.assign(this, { part, texts, shelterId, tapMoment, standing, coming: [], asked: [], shown: "" });
    /** What was typed as received, by dispatch and item: it outlives what is drawn anew. */
    this.typed = new Map();
    this.deliver = delivery((outcome) => this.#told(outcome));
    askingForm(part.querySelector("form"), texts, {
      shelterId,
      goodsText: (load) => this.#goods(load),
      asked: (said) => this.#ask(said),
    });
    onChangeElsewhere(() => this.draw());
    this.draw();
  }

  /** Read what the server knows, and send what is unsent. */
  async read() {
    this.deliver();
    const path = (name, key) => `/api/${name}?${key}=${this.shelterId}`;
    try {
      const [dispatches, requests] = await Promise.all([
        ask(path("dispatches", "place")),
        ask(path("supply-requests", "shelter_id")),
      ]);
      if (!dispatches.ok || !requests.ok) return;
      this.coming = dispatches.said.filter((one) => one.to_place_id === this.standing() && !OVER.has(one.state));
      this.asked = requests.said.filter((one) => one.state !== "withdrawn" && !isServed(one));
    } catch {
      // Without a signal what was read last is still there.
    }
    this.draw();
  }

  draw() {
    const state = JSON.stringify([this.coming, this.asked, unsent()]);
    if (state === this.shown) return;
    this.shown = state;
    this.#put(".unsent", unsent().map((entry) => this.#unsentRow(entry)), "");
    this.#put(".coming", this.coming.map((dispatch) => this.#comingRow(dispatch)), this.texts.nothing_coming);
    this.#put(".asked", this.asked.map((request) => this.#askedRow(request)), this.texts.nothing_asked);
    this.part.querySelector(".count").textContent = this.#inShort();
  }

  /** Say what somebody should open the part for. */
  #inShort() {
    const { texts } = this;
    const left = unsent().length;
    if (left) return fill(texts.unsent, { count: left });
    return this.coming.length ? fill(texts.coming, { count: this.coming.length }) : "";
  }

  #put(list, rows, instead) {
    const none = instead ? [element("li", "none", instead)] : [];
    this.part.querySelector(list).replaceChildren(...(rows.length ? rows : none));
  }

  #goods({ item_code, quantity }) {
    const { name = item_code, unit = "" } = this.texts.items[item_code] ?? {};
    return fill(this.texts.goods, { item: name, count: number.format(quantity), unit });
  }

  #comingRow(dispatch) {
    const { texts } = this;
    const isPrepared = dispatch.state === "reserved";
    const expected = dispatch.expected_at
      ? fill(texts.expected, { time: clockTime(dispatch.expected_at) })
      : texts.expected_unknown;
    const title = element("b", "", fill(isPrepared ? texts.being_prepared : texts.coming_from, { place: dispatch.origin }));
    const row = element("li", "", title, element("p", "", isPrepared ? "" : expected));
    if (isPrepared) row.append(...dispatch.loads.map((load) => element("p", "", this.#goods(load))));
    else if (!unsent().some((entry) => entry.dispatch_id === dispatch.id)) this.#addReceipt(row, dispatch);
    return row;
  }

  #addReceipt(row, dispatch) {
    for (const load of dispatch.loads) row.append(this.#field(dispatch, load));
    row.append(button(this.texts.we_received, "main", () => this.#receive(dispatch)));
  }

  #field(dispatch, load) {
    const key = `${dispatch.id}/${load.item_code}`;
    const input = element("input", "");
    Object.assign(input, { inputMode: "numeric", autocomplete: "off", value: this.typed.get(key) ?? load.quantity });
    input.addEventListener("input", () => this.typed.set(key, input.value));
    return element("label", "received", element("span", "", this.#goods(load)), input);
  }

  #askedRow(request) {
    const { texts } = this;
    const row = element("li", "", element("b", "", this.#goods(request)));
    const how = request.state === "approved" ? fill(texts.approved_of, {
      approved: number.format(request.approved),
      sent: number.format(request.allocated - request.received),
      received: number.format(request.received),
    }) : texts.request_states[request.state];
    row.append(element("p", "", how));
    if (request.reason) row.append(element("p", "", fill(texts.because, { reason: request.reason })));
    return row;
  }

  #unsentRow(entry) {
    const { texts } = this;
    const loads = entry.dispatch_id
      ? Object.entries(entry.body.arrived).map(([item_code, quantity]) => ({ item_code, quantity }))
      : [entry.body];
    const goods = loads.map((load) => this.#goods(load)).reduce((some, more) => fill(texts.joined, { some, more }));
    const title = fill(entry.dispatch_id ? texts.receipt_of : texts.asking_of, { goods });
    const row = element("li", "", element("b", "", title), element("p", "", entry.refusal ?? texts.waiting));
    if (!entry.refusal) return row;
    row.setAttribute("role", "alert");
    const discard = button(texts.discard, "", () => this.#settle(() => drop(entry.id)));
    const again = button(texts.again, "main", () => this.#settle(() => change(entry.id, this.#renewed(entry))));
    row.append(element("div", "choice", discard, again));
    return row;
  }

  /** Return what changes of something refused that is sent again: it is told of what stands now. */
  #renewed({ body, dispatch_id }) {
    const now = this.coming.find((dispatch) => dispatch.id === dispatch_id);
    return { refusal: null, body: now ? { ...body, version: now.version } : body };
  }

  #settle(decide) {
    decide();
    this.draw();
    this.read();
  }

  #ask(said) {
    this.#send("/api/supply-requests", { ...said, shelter_id: this.shelterId });
  }

  #receive({ id, version, loads }) {
    const read = ({ item_code, quantity }) => numberOf(String(this.typed.get(`${id}/${item_code}`) ?? quantity));
    const arrived = Object.fromEntries(loads.map((load) => [load.item_code, read(load)]));
    this.#send(`/api/dispatches/${id}/steps`, { version, step: "arrived", arrived }, { dispatch_id: id });
  }

  #send(path, content, also = {}) {
    const id = newId();
    const observed_at = new Date(this.tapMoment()).toISOString();
    keep({ id, path, observed_at, body: { id, ...content, observed_at, source: "field_app" }, ...also });
    this.part.querySelector(".news").textContent = isKept() ? "" : this.texts.not_kept;
    this.draw();
    this.deliver();
  }

  #told(outcome) {
    const { texts } = this;
    const news = { recorded: texts.supplies_sent, lost: texts.no_signal, signed_out: texts.signed_out };
    this.part.querySelector(".news").textContent = news[outcome] ?? "";
    this.draw();
    if (outcome === "recorded" || outcome === "answered") this.read();
  }
}

/** Whether everything of a request that was approved is there. */
const isServed = ({ state, received, approved }) => state === "approved" && received >= approved;

function button(text, className, press) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
