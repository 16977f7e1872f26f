"use strict";

const EVERY_MS = 1000;
const SHOWN = 100;
/** Mode, title, what it does, more members, the platforms it makes sense for (all when left out). */
const MODES = [
  ["throttle", "Throttle", "rate limit, wait 1 min"],
  ["fail", "Fail", "503, try again later"],
  ["slow", "Slow", "true answer after 5 s", { delayMs: 5000 }],
  ["lose_answer", "Lose answer", "stored, then cut off"],
  ["reset", "Reset", "cut off, not stored"],
  ["html", "HTML page", "a proxy's 502"],
  ["garbage", "Garbage", "half a JSON answer"],
  ["partial", "Partial", "200 with a message"],
  ["partial", "None taken", "200 with 0 received", { eventsReceived: 0 }, ["meta", "ga4"]],
  ["down", "Down", "reads cut off as well"],
  ["throttle", "Silent quota", "429, not said how long", { retryAfterSeconds: 0 }, ["ga4", "google_data_manager", "google_ads", "google_oauth"]],
  ["expire_token", "Expire tokens", "all issued so far", {}, ["google_data_manager", "google_ads", "google_oauth"]],
  ["revoke", "Revoke", "credential withdrawn"],
  ["slow_processing", "Slow result", "processing until finished", {}, ["google_data_manager"]],
  ["slow_processing", "Failed result", "taken, fails afterwards", { polls: 1, reason: "PROCESSING_ERROR_REASON_INTERNAL_ERROR" }, ["google_data_manager"]],
];

const at = (id) => document.getElementById(id);
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const whole = new Intl.NumberFormat(undefined);

/** An element with properties and children; text stays text. */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

async function ask(method, path, body) {
  const answer = await fetch("/_sandbox/" + path, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  const read = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error(read?.error ?? "HTTP " + answer.status);
  return read;
}

const pill = (kind, text, title) => make("span", { className: "pill " + kind, textContent: text, title: title ?? "" });

function cell(className, label, ...content) {
  const td = make("td", { className }, ...content);
  if (label) td.dataset.label = label;
  return td;
}

function money(item) {
  if (item.value === undefined) return "";
  return whole.format(item.value) + (item.currency ? " " + item.currency : "");
}

function row(id, fresh, cells, open) {
  const tr = make("tr", { className: fresh ? "new" : "" }, ...cells);
  tr.dataset.id = id;
  if (open) tr.addEventListener("click", open);
  return tr;
}

/** A platform's word for people. */
const platformName = (platform) => platform.replaceAll("_", " ");

/** A button inside the row, so that the keyboard opens it too. */
const opener = (text) => make("button", { type: "button", className: "open", textContent: text });

function receivedRow(item, fresh) {
  const wrong = new Map(item.warnings.filter((w) => w.code === "wrong_normalisation").map((w) => w.detail.split(": ")));
  const keys = item.matchKeys.map((key) => {
    const kind = wrong.has(key) ? " wrong" : item.recognised.includes(key) ? " right" : "";
    const title = wrong.get(key) ?? (kind ? "the right hash of a known person" : "");
    return make("span", { className: "key" + kind, textContent: key, title });
  });
  const verdict = [pill("good", "accepted")];
  for (const warning of item.warnings) {
    const text = warning.code === "wrong_normalisation" ? warning.detail : warning.code.replaceAll("_", " ");
    verdict.push(pill("warn", text, warning.detail));
  }
  if (item.duplicate) verdict.push(pill("bad", "duplicate"));
  if (item.fault) verdict.push(pill("bad", item.fault.replaceAll("_", " ")));
  return row(item.seq, fresh, [
    cell("time", "", time.format(new Date(item.receivedAt))),
    cell("platform", "", platformName(item.platform)),
    cell("mono wide pixel", "pixel", item.pixelId),
    cell("event", "", opener(item.event)),
    cell("mono wide", item.eventId ? "id" : "", item.eventId ?? ""),
    cell("num wide", money(item) ? "value" : "", money(item)),
    cell("wide", "", make("div", { className: "keys" }, ...keys)),
    cell("wide", "", make("div", { className: "verdict" }, ...verdict)),
  ], () => showReceived(item.seq));
}

function refusedRow(item, fresh) {
  const answer = item.verdict === "faulted"
    ? pill("warn", item.fault.replaceAll("_", " "))
    : pill("bad", item.code ?? String(item.status));
  const how = { swallowed: "swallowed", partly: "in part" }[item.verdict];
  const reason = item.reason ?? (item.status ? "fault on demand, answered " + item.status : "fault on demand, no answer");
  return row(item.id, fresh, [
    cell("time", "", time.format(new Date(item.receivedAt))),
    cell("platform", "", platformName(item.platform)),
    cell("mono wide pixel", "pixel", item.pixelId ?? ""),
    cell("event", "", opener(item.event ?? item.method)),
    cell("wide", "", make("div", { className: "verdict" }, answer, how && pill("warn", how))),
    cell("wide", "", reason),
  ], () => showRequest(item));
}

function duplicateRow(item) {
  const why = item.explainedBy
    ? pill("warn", "answer lost: " + item.explainedBy.replaceAll("_", " "))
    : pill("bad", "sent again without need");
  return row(item.platform + item.pixelId + item.event + item.eventId, false, [
    cell("time", "", time.format(new Date(item.lastAt))),
    cell("platform", "", platformName(item.platform)),
    cell("mono wide pixel", "pixel", item.pixelId),
    cell("event", "", item.event),
    cell("mono wide", "id", item.eventId),
    cell("num wide", "times", String(item.times)),
    cell("wide", "", why),
  ]);
}

const drawn = new Map();

/** Redraws a list only when something in it changed, so that a selection of text survives. */
function draw(name, items, identity, toRow) {
  const signature = items.map((item) => identity(item)).join();
  if (drawn.get(name)?.signature === signature) return;
  const before = drawn.get(name)?.ids;
  const body = at(name);
  const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr").dataset.id : null;
  body.replaceChildren(...items.map((item) => toRow(item, before !== undefined && !before.has(identity(item)))));
  if (focused) [...body.rows].find((tr) => tr.dataset.id === focused)?.querySelector("button")?.focus();
  drawn.set(name, { signature, ids: new Set(items.map(identity)) });
  at(name + "-empty").hidden = items.length > 0;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // cut off or no JSON
  }
}

const part = (title, text) => [make("h3", { textContent: title }), make("pre", { textContent: text })];
const headerLines = (headers) => Object.entries(headers).map(([name, value]) => name + ": " + value).join("\n");

function show(title, parts) {
  at("detail-title").textContent = title;
  at("detail-body").replaceChildren(...parts);
  if (!at("detail").open) at("detail").showModal();
}

async function showReceived(seq) {
  const item = (await ask("GET", `received?order=asc&limit=1&after=${seq - 1}`)).items[0];
  if (!item || item.seq !== seq) return;
  const parts = [];
  if (item.warnings.length) {
    const list = item.warnings.map((w) => make("li", { textContent: w.code.replaceAll("_", " ") + ": " + w.detail }));
    parts.push(make("h3", { textContent: "Accepted, but" }), make("ul", { className: "warnings" }, ...list));
  }
  parts.push(...part("Event", pretty(item.rawBody)));
  const request = (await ask("GET", "requests?id=" + item.request)).items[0];
  if (request) {
    parts.push(...part("Request", request.method + " " + request.target + "\n\n" + pretty(request.body)));
    parts.push(...part("Answer " + (request.status || "lost"), pretty(request.answer)));
  }
  parts.push(...part("Request headers", headerLines(item.headers)));
  show(`${item.event} · request ${item.request}`, parts);
}

function showRequest(item) {
  const answered = item.status ? "Answer " + item.status : "Answer: connection closed";
  show(`${item.method} ${item.target}`, [
    ...(item.reason ? part("Reason", item.reason) : []),
    ...part(answered, pretty(item.answer)),
    ...part(item.body.length < item.bodyBytes ? `Body (start of ${whole.format(item.bodyBytes)} bytes)` : "Body", pretty(item.body)),
    ...part("Request headers", headerLines(item.headers)),
  ]);
}

function drawTotals(summary) {
  const put = (name, value, kind) => {
    at("n-" + name).textContent = whole.format(value);
    at("t-" + name)?.classList.toggle(kind, value > 0);
  };
  put("accepted", summary.events);
  put("refused", summary.verdicts.refused + summary.verdicts.partly, "bad");
  put("swallowed", summary.verdicts.swallowed, "bad");
  put("faulted", summary.verdicts.faulted + summary.verdicts.lost, "warn");
  put("warned", Object.values(summary.warnings).reduce((sum, each) => sum + each, 0), "warn");
  const { count, unexplained } = summary.duplicates;
  put("duplicates", count, "warn");
  at("t-duplicates").classList.toggle("bad", unexplained > 0);
  at("duplicates-label").textContent = count > 0 ? `duplicates, ${whole.format(unexplained)} needless` : "duplicates";
  const { refused, partly, swallowed, faulted } = summary.verdicts;
  at("c-refused").textContent = refused + partly + swallowed + faulted || "";
  at("c-duplicates").textContent = summary.duplicates.count || "";
  at("lean").hidden = !summary.lean;
}

/** Which platform the lists show; an empty word shows all. */
let shown = "";
const platformButtons = new Map();

function drawPlatforms(platforms) {
  for (const [word, button] of platformButtons) {
    const counts = platforms[word] ?? {};
    const lost = (counts.refused ?? 0) + (counts.swallowed ?? 0);
    button.setAttribute("aria-pressed", String(shown === word));
    if (!word) continue;
    button.querySelector("b").textContent = whole.format(counts.accepted ?? 0);
    button.querySelector("em").textContent = lost ? whole.format(lost) + " not taken" : "";
    button.classList.toggle("idle", !counts.accepted && !lost && !counts.faulted);
  }
}

function offerPlatform(word, title) {
  const button = make("button", { type: "button" }, title, make("b", {}), make("em", {}));
  button.addEventListener("click", () => {
    shown = word;
    if (word) at("f-platform").value = word;
    offerModes();
    refresh();
  });
  platformButtons.set(word, button);
  at("platforms").append(button);
}

/** Shows the faults that mean something for the platform chosen in the form. */
function offerModes() {
  const platform = at("f-platform").value;
  [...at("modes").children].forEach((button, i) => {
    const only = MODES[i][4];
    button.hidden = platform !== "*" && only !== undefined && !only.includes(platform);
  });
  at("finish").hidden = platform !== "google_data_manager";
}

function drawFaults(items) {
  at("faults-off").hidden = items.length === 0;
  const signature = JSON.stringify(items);
  if (drawn.get("faults") === signature) return;
  drawn.set("faults", signature);
  at("armed").replaceChildren(...items.map((fault) => {
    const words = [fault.mode.replaceAll("_", " "), fault.pixelId === "*" ? "all pixels" : "pixel " + fault.pixelId];
    if (fault.platform !== "*") words.splice(1, 0, platformName(fault.platform));
    if (fault.reason) words.push(fault.reason);
    if (fault.probability < 1) words.push(Math.round(fault.probability * 100) + " %");
    words.push(fault.count ? `${fault.fired} of ${fault.count}` : `${fault.fired} hit`);
    const off = make("button", { type: "button", textContent: "×", title: "Switch off" });
    off.setAttribute("aria-label", "Switch off " + words[0]);
    off.addEventListener("click", () => act("DELETE", "faults?id=" + fault.id));
    return make("li", {}, words.join(" · "), off);
  }));
}

async function refresh() {
  const which = "&limit=" + SHOWN + "&platform=" + shown;
  const [summary, received, faults, ...bads] = await Promise.all([
    ask("GET", "summary?limit=" + SHOWN),
    ask("GET", "received?raw=false" + which),
    ask("GET", "faults"),
    ...["refused", "partly", "swallowed", "faulted"].map((verdict) => ask("GET", "requests?verdict=" + verdict + which)),
  ]);
  drawTotals(summary);
  drawPlatforms(summary.platforms);
  drawFaults(faults.items);
  draw("received", received.items, (item) => item.seq, receivedRow);
  const bad = bads.flatMap((each) => each.items).sort((a, b) => b.id - a.id).slice(0, SHOWN);
  draw("refused", bad, (item) => item.id, refusedRow);
  const duplicates = summary.duplicates.items.filter((item) => !shown || item.platform === shown);
  draw("duplicates", duplicates.toReversed(), (item) => item.platform + item.eventId + "/" + item.times, duplicateRow);
}

function live(word, kind) {
  at("live").className = "live " + kind;
  at("live-text").textContent = word;
}

let paused = false;

async function tick() {
  if (!paused && !document.hidden) {
    try {
      await refresh();
      live("live", "on");
    } catch {
      live("no connection", "off");
    }
  }
  setTimeout(tick, EVERY_MS);
}

/** A wish of the user's, then the lists at once. */
async function act(method, path, body) {
  const error = at("fault-error");
  try {
    await ask(method, path, body);
    error.hidden = true;
    await refresh();
  } catch (failure) {
    error.textContent = failure.message;
    error.hidden = false;
  }
}

function arm(mode, more) {
  act("POST", "faults", {
    platform: at("f-platform").value,
    pixelId: at("f-pixel").value.trim() || "*",
    mode,
    count: Number(at("f-often").value),
    probability: Number(at("f-share").value),
    ...(at("f-reason").value.trim() && { reason: at("f-reason").value.trim() }),
    ...(at("f-index").value && { index: Number(at("f-index").value) }),
    ...more,
  });
}

function select(tab) {
  for (const each of document.querySelectorAll("[role=tab]")) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    at(each.getAttribute("aria-controls")).hidden = !chosen;
  }
}

const tabs = [...document.querySelectorAll("[role=tab]")];
tabs.forEach((tab, index) => {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(index + step + tabs.length) % tabs.length];
    select(next);
    next.focus();
  });
});
const named = tabs.find((tab) => "#" + tab.id.replace("tab-", "") === location.hash);
if (named) select(named);

for (const [mode, title, what, more] of MODES) {
  const button = make("button", { type: "button" }, make("b", { textContent: title }), make("span", { textContent: what }));
  button.addEventListener("click", () => arm(mode, more));
  at("modes").append(button);
}
at("faults-off").addEventListener("click", () => act("DELETE", "faults"));
at("clear").addEventListener("click", () => act("DELETE", "received"));
at("pause").addEventListener("click", () => {
  paused = !paused;
  at("pause").textContent = paused ? "Resume" : "Pause";
  at("pause").setAttribute("aria-pressed", String(paused));
  live(paused ? "paused" : "live", paused ? "" : "on");
});
at("detail-close").addEventListener("click", () => at("detail").close());
at("address").textContent = location.origin;
ask("GET", "platforms").then((platforms) => {
  at("f-platform").append(...platforms.map((word) => make("option", { value: word, textContent: platformName(word) })));
  offerPlatform("", "All");
  platforms.forEach((word) => offerPlatform(word, platformName(word)));
  offerModes();
});
at("f-platform").addEventListener("change", offerModes);
at("finish").addEventListener("click", () => act("POST", "platforms/google_data_manager", { finish: "*" }));
tick();
