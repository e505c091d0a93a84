(() => {
  "use strict";
  const table = document.querySelector("table.countries");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const form = document.querySelector("form.search");
  const input = document.getElementById("search");
  const shown = document.getElementById("shown");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const tell = () => {
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = count + " of " + rows.length + (rows.length === 1 ? " page" : " pages");
  };
  const find = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => plain(row.dataset.search).includes(word));
    tell();
  };

  // Names from A to Z, figures from the largest; a second press turns the order round.
  const compare = (column) => (a, b) => {
    const [x, y] = [a, b].map((row) => row.cells[column].dataset.order);
    return column === 0 ? x.localeCompare(y, "en") : Number(x) - Number(y);
  };
  const sort = (column) => {
    const now = heads[column].getAttribute("aria-sort");
    const way = now ? (now === "ascending" ? "descending" : "ascending") : column === 0 ? "ascending" : "descending";
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", way);
    const known = rows.filter((row) => row.cells[column].dataset.order !== "").sort(compare(column));
    const ordered = way === "ascending" ? known : known.reverse();
    const rest = rows.filter((row) => row.cells[column].dataset.order === "");  // never on top
    body.append(...ordered, ...rest);
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column));
    head.replaceChildren(button);
  });
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", find);
  find();  // a browser may keep what was typed before
})();
