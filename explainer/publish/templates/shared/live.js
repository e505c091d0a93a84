// Live pictures: each control moves a param of its Vega view; the view's own sentence is read out.
const start = async (figure) => {
  const part = (selector) => figure.querySelector(selector);
  const panel = part(".panel"), stage = part(".stage"), sentence = part(".said");
  const spec = JSON.parse(part("script.spec").textContent);
  const defaults = new Map(spec.params.map((param) => [param.name, param.value]));
  for (const param of spec.params) delete param.bind; // the page has controls of its own
  const { width, height } = figure.dataset; // a slide shows it in one size
  if (width) {
    Object.assign(spec, { width: Number(width), height: Number(height) });
    spec.config.axisY = { titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleX: 0, titleY: -12 };
  }
  panel.hidden = false; // a view needs a width to fit into
  figure.classList.add("is-live");
  let view;
  try {
    ({ view } = await window.vegaEmbed(stage, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false }));
  } catch (error) { // the default picture stays
    panel.hidden = true;
    figure.classList.remove("is-live");
    throw error;
  }
  figure.view = view;
  part(".stage svg").setAttribute("aria-hidden", "true"); // the stage speaks for it

  const controls = [...figure.querySelectorAll("[data-param]")];
  const say = (words) => { sentence.textContent = words; stage.setAttribute("aria-label", words); };
  // Read out what the reader's own moves change, not what stands there when the page opens.
  panel.addEventListener("focusin", () => sentence.setAttribute("aria-live", "polite"), { once: true });
  let waiting = 0;
  view.addSignalListener("said", (_, words) => {
    clearTimeout(waiting); // a moving slider is not read out at every step
    waiting = setTimeout(() => say(words), 200);
  });
  say(view.signal("said"));

  for (const control of controls) {
    const name = control.dataset.param;
    if (control.type === "button") {
      control.addEventListener("click", () => view.signal(name, view.signal(name) + 1).runAsync());
      continue;
    }
    const isNumber = control.dataset.kind !== "text";
    const value = () => (isNumber ? Number(control.value) : control.value);
    control.addEventListener("input", () => view.signal(name, value()).runAsync());
    const words = control.parentElement.parentElement.querySelector(".value");
    if (!words) continue;
    const tell = (_, text) => { words.textContent = text; control.setAttribute("aria-valuetext", text); };
    view.addSignalListener(`${name}_words`, tell);
    tell(name, view.signal(`${name}_words`));
  }

  part(".reset").addEventListener("click", () => {
    for (const control of controls) {
      const first = defaults.get(control.dataset.param);
      if (control.type !== "button") control.value = first;
      view.signal(control.dataset.param, first);
    }
    view.runAsync();
  });
};

for (const figure of document.querySelectorAll("figure.live")) await start(figure);
