(() => {
  "use strict";
  const root = document.documentElement;

  // Light or dark: the reader's system decides until the reader does.
  const button = document.querySelector("button.theme");
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const remember = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* file pages may have no storage */ } };
  const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
  if (button) {
    if (remembered()) root.dataset.theme = remembered();
    button.hidden = false;
    name();
    button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; remember(root.dataset.theme); name(); });
    prefersDark.addEventListener("change", name);
  }

  // The contents list follows the reader.
  const list = document.querySelector(".contents details");
  if (list && window.matchMedia("(max-width: 74.9rem)").matches) list.open = false;
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const follow = () => {
    const current = headings.filter((h) => h.getBoundingClientRect().top < window.innerHeight * 0.35).pop();
    for (const [id, link] of links) {
      if (current && current.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  if (headings.length) { document.addEventListener("scroll", follow, { passive: true }); follow(); }

  // Downloads are made here from what the page already holds.
  const save = (file, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const quoted = (text) => {
    // A cell that starts like a formula is text, also for a spreadsheet.
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  const csv = (figure) => {
    const said = [".source", "svg title", "svg desc"].map((part) => words(figure.querySelector(part)));
    const rows = [...figure.querySelectorAll("table tr")].map((row) =>
      [...row.cells].map((cell) => quoted(cell.dataset.value ?? (cell.textContent === "–" ? "" : cell.textContent))).join(","));
    return said.map((text) => "# " + text).concat(rows).join("\n") + "\n";
  };
  // A live picture is taken away as its reader left it.
  const drawn = (figure) => figure.querySelector(".stage svg") ?? figure.querySelector("svg");
  const svgText = (figure) => new XMLSerializer().serializeToString(drawn(figure));
  const png = (figure, file) => {
    const svg = drawn(figure);
    const box = svg.viewBox.baseVal;
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = box.width * 2.5; canvas.height = box.height * 2.5;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(file, blob), "image/png");
    };
    const copy = svg.cloneNode(true);
    copy.setAttribute("width", box.width); copy.setAttribute("height", box.height);
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
  };
  const tool = (label, about, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("aria-label", label + ": " + about);
    made.addEventListener("click", action);
    return made;
  };

  // A citation goes to the clipboard; a browser that forbids it shows the words to be copied by hand.
  const cited = document.querySelector("footer.site cite");
  const spoken = document.createElement("p");
  spoken.className = "vh";
  spoken.setAttribute("role", "status");
  const words = (node) => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");
  const copied = async (text, by) => {
    try {
      await navigator.clipboard.writeText(text);
      spoken.textContent = "The citation is copied.";
      by.textContent = "Copied";
      setTimeout(() => { by.textContent = "Copy citation"; spoken.textContent = ""; }, 4000);
    } catch { window.prompt("Copy this citation", text); }
  };
  const ofFigure = (figure) => {
    const number = words(figure.querySelector(".figure-number")).replace(/\.$/, "");
    const source = words(figure.querySelector(".source"));
    return `${words(figure.querySelector("svg title"))}${number && ` (${number})`}. In: ${words(cited)} Source: ${source}`;
  };
  if (cited) {
    cited.after(" ", tool("Copy citation", "this page", (event) => copied(words(cited), event.currentTarget)));
    cited.closest("footer").append(spoken);
  }
  for (const figure of document.querySelectorAll("figure.chart")) {
    const file = figure.dataset.name;
    const tools = document.createElement("div");
    tools.className = "tools";
    const add = (...all) => tools.append(tool(...all));
    const about = figure.querySelector("svg title").textContent;
    add("Numbers (CSV)", about, () => save(file + ".csv", new Blob([csv(figure)], { type: "text/csv" })));
    add("Picture (SVG)", about, () => save(file + ".svg", new Blob([svgText(figure)], { type: "image/svg+xml" })));
    add("Picture (PNG)", about, () => png(figure, file + ".png"));
    if (cited) add("Copy citation", about, (event) => copied(ofFigure(figure), event.currentTarget));
    figure.querySelector("details.data").before(tools);
  }
})();
