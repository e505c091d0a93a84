(() => {
  "use strict";
  // Marks the quiz in the page and keeps nothing.  The replies are only kept from a glance: a page
  // that marks itself must hold its answers, so this is for learning, not for an examination.
  const stream = function* (key) {
    let state = 2166136261;
    for (const byte of new TextEncoder().encode(key)) state = Math.imul(state ^ byte, 16777619) >>> 0;
    for (;;) {
      state = (state ^ (state << 13)) >>> 0;
      state = (state ^ (state >>> 17)) >>> 0;
      state = (state ^ (state << 5)) >>> 0;
      yield state & 255;
    }
  };
  const told = (text, key) => {
    const masks = stream(key);
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0) ^ masks.next().value);
    return new TextDecoder().decode(bytes);
  };

  const items = [...document.querySelectorAll("form.item")];
  const score = document.getElementById("score");
  const again = document.getElementById("again");
  if (!items.length) return;
  let firsts = new Map(); // item → whether the first try was right

  const standing = () => {
    const right = [...firsts.values()].filter(Boolean).length;
    const rest = items.length - firsts.size;
    const head = `${right} of ${firsts.size} right at the first try`;
    return rest ? `${head}; ${rest} to go.` : `${head}. That was the last question.`;
  };
  const say = (item, html, kind) => {
    const reply = item.querySelector(".reply");
    const line = document.createElement("p");
    line.className = kind;
    line.innerHTML = html;
    reply.replaceChildren(line);
  };
  const check = (item) => {
    const options = [...item.querySelectorAll("input")];
    const place = options.findIndex((option) => option.checked);
    if (place < 0) { say(item, "Choose an answer first.", "none"); return; }
    const text = told(options[place].dataset.reply, `${options[place].name}.${place}`);
    const isRight = text[0] === "1";
    if (!firsts.has(item)) firsts.set(item, isRight);
    const verdict = isRight ? "<strong>✓ Right.</strong> " : "<strong>✗ Not this one.</strong> ";
    say(item, `${verdict}${text.slice(1)} <span class="vh">${standing()}</span>`, isRight ? "right" : "wrong");
    score.textContent = standing();
    score.hidden = again.hidden = false;
  };
  document.getElementById("unscripted").hidden = true;
  for (const item of items) {
    item.querySelector(".check").hidden = false;
    item.addEventListener("submit", (event) => { event.preventDefault(); check(item); });
    // What was said belongs to the answer chosen before.
    item.addEventListener("change", () => item.querySelector(".reply").replaceChildren());
  }
  again.addEventListener("click", () => {
    firsts = new Map();
    for (const item of items) { item.reset(); item.querySelector(".reply").replaceChildren(); }
    score.hidden = again.hidden = true;
    items[0].querySelector("input").focus();
  });
})();
