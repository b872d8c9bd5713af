import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["hq/**/*.js"],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "module",
      // Leaflet comes as a script of its own, because folium speaks to it as a global.
      globals: { ...globals.browser, L: "readonly" },
    },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Data becomes text, never markup: use textContent." },
        { property: "outerHTML", message: "Data becomes text, never markup: use textContent." },
        { property: "insertAdjacentHTML", message: "Data becomes text, never markup." },
      ],
    },
  },
  {
    files: ["hq/events-worker.js"],
    languageOptions: { globals: globals.sharedWorker },
  },
  {
    files: ["hq/field-worker.js"],
    languageOptions: {
      sourceType: "script",
      // The last four the server writes above it (dashboard/field.py).
      globals: { ...globals.serviceworker, VERSION: "readonly", HOME: "readonly", CITY_MAP: "readonly", FILES: "readonly" },
    },
  },
];
