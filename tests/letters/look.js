// Opens each letter in a frame of a telephone's width, asks axe-core about it, and measures what the first screen shows.
// In: #letters (JSON: name -> html and its labels when and who), #axe (source of axe-core, may be empty). Out: the page's text becomes JSON.
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const text = (id) => document.getElementById(id).textContent;

async function opened(html) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width:390px;height:844px;border:0";
  const loaded = new Promise((done) => (frame.onload = done));
  frame.srcdoc = html;
  document.body.append(frame);
  await loaded;
  return frame;
}

async function violations(page) {
  if (!text("axe")) return [];
  const script = page.document.createElement("script");
  script.textContent = text("axe");
  page.document.head.append(script);
  const found = await page.axe.run(page.document, { runOnly: RULES, iframes: false });
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.html).join(" | ")}`);
}

function measured(page, labels) {
  const bottom = (node) => (node ? Math.round(node.getBoundingClientRect().bottom) : null);
  const spans = [...page.document.querySelectorAll("section p > span:first-child")];
  const line = (label) => bottom(spans.find((span) => span.textContent === label)?.parentElement);
  return {
    message: bottom(page.document.querySelector("h1")),
    when: line(labels.when),
    who: line(labels.who),
    width: page.document.documentElement.scrollWidth,
  };
}

async function look() {
  const seen = {};
  for (const [name, letter] of Object.entries(JSON.parse(text("letters")))) {
    const frame = await opened(letter.html);
    seen[name] = measured(frame.contentWindow, letter);
    seen[name].violations = await violations(frame.contentWindow);
    frame.remove();
  }
  document.body.textContent = JSON.stringify(seen);
}
look();
