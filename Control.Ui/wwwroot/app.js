import { Gateway } from "./gateway.js";

const $ = (id) => document.getElementById(id);
const address = location.origin.replace(/^http/, "ws") + location.pathname;
const sessionKey = "agent:main:main";
let gateway;
let run;

$("address").textContent = address;

$("connect").addEventListener("submit", (event) => {
  event.preventDefault();
  open($("secret").value);
});

async function open(secret) {
  const attempt = new Gateway(address);
  try {
    const hello = await attempt.connect(secret);
    gateway = attempt;
    sessionStorage.setItem("secret", secret);
    listen(gateway);
    show(hello);
  } catch (error) {
    sessionStorage.removeItem("secret");
    problem(error.message);
  }
}

function listen(connection) {
  connection.addEventListener("health", ({ detail }) => showHealth(detail));
  connection.addEventListener("chat", ({ detail }) => onChat(detail));
  connection.addEventListener("closed", ({ detail }) => {
    state("not connected", false);
    problem(detail.reason || "The connection ended.");
    setTimeout(() => open(sessionStorage.getItem("secret") ?? ""), 1500);
  });
}

async function show(hello) {
  problem("");
  state("connected", true);
  $("version").textContent = `Version ${hello.server.version} on ${hello.server.host}, protocol ${hello.protocol}`;
  $("connect-card").hidden = true;
  $("health-card").hidden = false;
  showHealth(hello.snapshot.health);
  const history = await gateway.request("chat.history", { sessionKey, limit: 50 });
  $("messages").replaceChildren();
  for (const message of history.messages) {
    const text = textOf(message);
    if (text && (message.role === "user" || message.role === "assistant")) bubble(message.role, text);
    else if (message.errorMessage) bubble("error", message.errorMessage);
  }
  // Not before: what is sent meanwhile would be wiped out by the history.
  $("chat-card").hidden = false;
}

function showHealth(health) {
  if (!health?.agents) return;
  const rows = {
    State: health.ok ? "ok" : "degraded",
    Agents: health.agents.map((agent) => agent.agentId).join(", "),
    Sessions: String(health.sessions.count),
    Channels: health.channelOrder.length ? health.channelOrder.map((id) => health.channelLabels[id] ?? id).join(", ") : "none configured",
    Checked: new Date(health.ts).toLocaleTimeString(),
  };
  $("health").replaceChildren(...Object.entries(rows).flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

$("send").addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = $("text").value.trim();
  if (!message || run) return;
  $("text").value = "";
  bubble("user", message);
  run = { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), bubble: bubble("assistant pending", "") };
  busy(true);
  try {
    await gateway.request("chat.send", { sessionKey, message, idempotencyKey: run.id });
  } catch (error) {
    finish("error", error.message);
  }
});

$("stop").addEventListener("click", () => gateway.request("chat.abort", { sessionKey }));

// Bubbles of runs that this page did not start: another client's, or the one that answers what had to wait here.
const others = new Map();

function onChat(event) {
  if (event.sessionKey !== sessionKey) return;
  if (event.runId === run?.id) onOwn(event);
  else onOther(event, textOf(event.message));
  $("messages").scrollTop = $("messages").scrollHeight;
}

function onOwn(event) {
  if (event.state === "delta") run.bubble.textContent = textOf(event.message);
  else if (event.state === "final" && !event.message && event.seq === 1) finish("assistant", ""); // The session is busy: the answer comes in another run.
  else if (event.state === "final") finish("assistant", event.message ? textOf(event.message) : run.bubble.textContent || "(no answer)");
  else if (event.state === "aborted") finish("assistant", `${run.bubble.textContent} (stopped)`);
  else finish("error", event.errorMessage);
}

function onOther(event, text) {
  if (text && !others.has(event.runId)) others.set(event.runId, bubble("assistant pending", ""));
  const item = others.get(event.runId);
  if (!item) return;
  if (text) item.textContent = text;
  if (event.state === "delta") return;
  item.className = "assistant";
  if (event.state === "aborted") item.textContent += " (stopped)";
  others.delete(event.runId);
}

function finish(kind, text) {
  run.bubble.className = kind;
  run.bubble.textContent = text;
  if (!text) run.bubble.remove();
  run = undefined;
  busy(false);
}

function busy(on) {
  $("submit").hidden = on;
  $("stop").hidden = !on;
}

function bubble(kind, text) {
  const item = element("li", text);
  item.className = kind;
  $("messages").append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

function textOf(message) {
  if (typeof message?.content === "string") return message.content;
  return (message?.content ?? []).filter((block) => block.type === "text").map((block) => block.text).join("\n");
}

function element(name, text) {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}

function state(text, on) {
  $("state").textContent = text;
  $("state").classList.toggle("on", on);
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
  if (text) $("connect-card").hidden = false;
}

// The CLI's dashboard link carries the secret behind the #, which browsers do not send to any server.
const linked = new URLSearchParams(location.hash.slice(1)).get("token");
if (linked) history.replaceState(null, "", location.pathname);
const known = linked ?? sessionStorage.getItem("secret");
if (known) open(known);
