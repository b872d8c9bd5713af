/** The one event stream of this browser: HTTP/1.1 allows six connections, tabs must not eat them. */
import { openStream } from "./event-stream.js";

const channel = new BroadcastChannel("hq-events");
let connected = null;

openStream((message) => {
  if ("connected" in message) ({ connected } = message);
  channel.postMessage(message);
});

self.addEventListener("connect", ({ ports: [port] }) => {
  // A page that joins later must not wait for the next change of state to learn this one.
  if (connected !== null) port.postMessage({ connected });
});
