// Walk through a PDF form in Chromium's own viewer: form.pdf steps.json target.pdf.
// A step is an array: ["click", page, x, y] (points from the page's left top), ["type", text],
// ["press", key, times], ["picture", file, page] (page from 0). Saves as the viewer's button does.

import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const [executablePath, form, stepsFile, target] = process.argv.slice(2);
const steps = JSON.parse(readFileSync(stepsFile, "utf8"));
const VIEWER = "document.querySelector('pdf-viewer')";
const WINDOW = { width: 1000, height: 1240 }; // a whole page stands below the toolbar
const KEYS = {
  Space: { key: " ", code: "Space", windowsVirtualKeyCode: 32, text: " " },
  Enter: { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" },
  Tab: { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 },
  ArrowDown: { key: "ArrowDown", code: "ArrowDown", windowsVirtualKeyCode: 40 },
  ArrowUp: { key: "ArrowUp", code: "ArrowUp", windowsVirtualKeyCode: 38 },
  SelectAll: { key: "a", windowsVirtualKeyCode: 65, modifiers: 2, commands: ["selectAll"] },
  Backspace: { key: "Backspace", code: "Backspace", windowsVirtualKeyCode: 8 },
};

const server = createServer((_request, response) => {
  response.setHeader("Content-Type", "application/pdf");
  response.end(readFileSync(form));
}).listen(0, "127.0.0.1");

// The full browser, not its headless shell: only it has the viewer, which is an extension.
const browser = await chromium.launch({
  executablePath,
  args: ["--headless=new", "--no-sandbox"],
  ignoreDefaultArgs: [
    "--headless",
    "--hide-scrollbars",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
  ],
});

async function opened() {
  const page = await browser.newPage({ viewport: WINDOW });
  await page.goto(`http://127.0.0.1:${server.address().port}/form.pdf#navpanes=0`);
  for (let tries = 0; tries < 200; tries += 1) {
    const frame = page.frames().find((one) => one.url().startsWith("chrome-extension"));
    if (frame && (await frame.evaluate(`${VIEWER}?.loadState_ === "success"`))) {
      return [page, frame, await page.context().newCDPSession(page)];
    }
    await page.waitForTimeout(100);
  }
  throw new Error("the viewer did not open the form");
}

const [page, viewer, keyboard] = await opened();

await viewer.evaluate(`(() => {
  window.scrolls = { asked: 0, done: 0 };
  const counts = { setScrollPosition: "asked", syncScrollFromRemote: "done" };
  ${VIEWER}.currentController.port_.addEventListener("message", ({ data }) => {
    window.scrolls[counts[data.type]] += 1;
  });
})()`);

// The viewer's core drops keys while it scrolls; a reply means that it has done what came before.
async function settled() {
  for (let tries = 0; tries < 50; tries += 1) {
    await viewer.evaluate(`${VIEWER}.currentController.getSelectedText().then(() => true)`);
    if (await viewer.evaluate("window.scrolls.done >= window.scrolls.asked")) {
      return;
    }
    await page.waitForTimeout(20);
  }
  await viewer.evaluate("window.scrolls.done = window.scrolls.asked");
}

async function show(number) {
  await viewer.evaluate(`${VIEWER}.viewport.goToPage(${number})`);
  await page.waitForTimeout(200);
  await settled();
}

async function box(number) {
  return viewer.evaluate(`(() => {
    const { viewport, shadowRoot } = ${VIEWER};
    const paper = viewport.getPageScreenRect(${number});
    const plugin = shadowRoot.querySelector("#plugin").getBoundingClientRect();
    const x = plugin.x + paper.x;
    const y = plugin.y + paper.y;
    return { x, y, width: paper.width, height: paper.height, point: viewport.getZoom() * 96 / 72 };
  })()`);
}

let shown = -1;
async function click(number, x, y) {
  if (number !== shown) {
    await show(number);
    shown = number;
  }
  const paper = await box(number);
  await page.mouse.click(paper.x + x * paper.point, paper.y + y * paper.point);
  await settled();
}

async function press(name, times = 1) {
  const { text, ...key } = KEYS[name];
  for (let count = 0; count < times; count += 1) {
    await keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
    if (text) {
      await keyboard.send("Input.dispatchKeyEvent", { type: "char", text });
    }
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...key, commands: [] });
    await settled();
  }
}

async function type(text) {
  for (const letter of text) {
    if (letter === "\n") {
      await press("Enter");
    } else {
      await keyboard.send("Input.dispatchKeyEvent", { type: "char", text: letter });
    }
  }
  await settled();
}

async function picture(file, number) {
  await show(number);
  shown = number;
  await page.waitForTimeout(600);
  await page.screenshot({ path: file });
}

const WAYS = { click, press, type, picture };
for (const [way, ...what] of steps) {
  await WAYS[way](...what);
}
const saved = await viewer.evaluate(`(async () => {
  const { dataToSave } = await ${VIEWER}.currentController.save("EDITED");
  const bytes = new Uint8Array(dataToSave);
  let text = "";
  for (let from = 0; from < bytes.length; from += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(text);
})()`);
writeFileSync(target, Buffer.from(saved, "base64"));
await browser.close();
server.close();
