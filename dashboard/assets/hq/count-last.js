/** What was counted last in a shelter, as far as this page knows. */

/** Put newer figures over older ones, each with what is known about it. */
function newer(last, figures, about) {
  const merged = { ...last };
  for (const [name, count] of Object.entries(figures)) {
    const before = merged[name];
    if (!before || Date.parse(before.observed_at) <= Date.parse(about.observed_at)) merged[name] = { ...about, count };
  }
  return merged;
}

/** Take up in the server's answer what was just recorded, so that the next count follows that. */
export function withCount(answer, { id, figures, observed_at }, you) {
  return {
    ...answer,
    figures: newer(answer.figures, figures, { observed_at, recorded_by: you }),
    reading_id: "persons" in figures ? id : answer.reading_id,
  };
}

/** Return the last figures: by the server's word, or newer and still on their way. */
export function lastFigures(answer, underWay) {
  return underWay.reduce(
    (last, { figures, observed_at }) => newer(last, figures, { observed_at, isUnsent: true }),
    answer?.figures ?? {},
  );
}
