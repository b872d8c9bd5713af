import { followAddress, onMoment } from "./moment.js";
import { followFeatures } from "./reader.js";
import { select } from "./selection.js";
import { element } from "./wording.js";

const AGEING_MS = 60_000;
/** Where a card stands: a long one has more room beside its mark. */
const ABOVE = { direction: "top", offset: [0, -14], opacity: 1 };
const BESIDE = { direction: "auto", offset: [14, 0], opacity: 1 };

function card({ title, lines }) {
  return element(
    "div",
    "hq-card",
    element("strong", "", title),
    ...lines.filter(Boolean).map((line) => element("div", "", line)),
  );
}

/**
 * A layer whose features are re-read when the server says that they changed.
 *
 * Features are known by id and change in place: what is open, focused or selected stays so.
 * `kind` says how one looks: `make(latlng)` makes a Leaflet layer, `dress(layer, feature, {isSelected})`
 * gives it its present look, `describe(feature)` returns `{title, lines}` for its card. What is no point
 * says with `at(feature)` where it is marked. Where what is selected may be among what is not told
 * one by one, `find(id)` gets its feature, or null where it is no more.
 *
 * With `beside` its card stands on the side that has room for it, not above.
 * `press(layer)` may do something else than selecting what is pressed; then it returns false.
 * `follow(onRead, onTrouble)` reads the features; left out, they are read as GeoJSON.
 */
export class LiveLayer {
  constructor(map, { url, subject, follow = (...heard) => followFeatures({ url, subject }, ...heard) }, kind) {
    this.map = map;
    this.subject = subject;
    this.kind = kind;
    this.shown = new Map();
    this.selected = null;
    this.held = null;
    this.isMoved = false;
    this.group = L.featureGroup().addTo(map);

    followAddress();
    onMoment(() => (this.isMoved = true));
    follow(
      (features) => this.show(features),
      (failed) => map.fire("hq:trouble", { subject, failed }),
    );
    setInterval(() => this.shown.forEach((layer) => this.refresh(layer)), AGEING_MS);
    map.on("hq:selected", (selection) => this.mark(selection.layer === subject ? selection.id : null));
  }

  show(features) {
    const placed = features.filter((feature) => feature.geometry !== null);
    const gone = new Set(this.shown.keys());
    for (const feature of placed) {
      gone.delete(feature.id);
      if (feature.id === this.held) this.held = null;
      this.put(feature);
    }
    for (const id of gone) {
      if (id === this.selected && this.kind.find) this.hold(id);
      else this.drop(id);
    }
    // At another moment the same figure is of another age.
    if (this.isMoved) this.shown.forEach((layer) => this.refresh(layer));
    this.isMoved = false;
    this.map.fire("hq:shown", { subject: this.subject, features, unplaced: features.length - placed.length, isEmpty: placed.length === 0 });
  }

  /** Keep the mark of what is selected, though it is told only as one of many. */
  async hold(id) {
    this.held = id;
    const feature = await this.kind.find(id).catch(() => this.shown.get(id)?.feature);
    if (this.held !== id) return;
    if (feature) this.put(feature);
    else if (this.shown.has(id)) this.drop(id);
  }

  put(feature) {
    const known = this.shown.get(feature.id);
    const version = JSON.stringify(feature);
    if (known?.version === version) return;
    const [lon, lat] = this.kind.at?.(feature) ?? feature.geometry.coordinates;
    const layer = known ?? this.add(feature.id, [lat, lon]);
    Object.assign(layer, { feature, version });
    if (known) layer.setLatLng([lat, lon]);
    this.refresh(layer);
  }

  add(id, latlng) {
    const layer = this.kind.make(latlng);
    layer.bindTooltip(() => card(this.kind.describe(layer.feature)), this.kind.beside ? BESIDE : ABOVE);
    layer.on("click", () => {
      if (this.kind.press?.(layer) ?? true) select(this.map, { layer: this.subject, id });
    });
    this.shown.set(id, layer);
    this.group.addLayer(layer);
    return layer;
  }

  drop(id) {
    this.group.removeLayer(this.shown.get(id));
    this.shown.delete(id);
  }

  refresh(layer) {
    this.kind.dress(layer, layer.feature, { isSelected: layer.feature.id === this.selected });
    if (layer.isTooltipOpen()) layer.getTooltip().update();
  }

  mark(id) {
    const touched = [this.selected, id];
    this.selected = id;
    if (this.held && this.held !== id) {
      if (this.shown.has(this.held)) this.drop(this.held);
      this.held = null;
    }
    if (id && this.kind.find && !this.shown.has(id)) this.hold(id);
    for (const layer of touched.map((one) => this.shown.get(one)).filter(Boolean)) this.refresh(layer);
  }
}
