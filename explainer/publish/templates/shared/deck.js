(() => {
  "use strict";
  const reveal = document.querySelector(".reveal");
  const bottom = (part) => part.getBoundingClientRect().bottom;
  const isOver = (layer) => layer.scrollHeight > 721 || bottom(layer.lastElementChild) > bottom(layer) - 16;
  const isWide = (part) => part.scrollWidth > part.clientWidth + 1;
  const shrink = (part, name, isTooLarge) => {
    for (let size = 0.95; size > 0.4 && isTooLarge(part); size -= 0.05) part.style.setProperty(name, size);
    return isTooLarge(part);
  };
  reveal.classList.add("measured"); // before any slide is put away
  for (const layer of document.querySelectorAll(".layer")) {
    for (const part of layer.querySelectorAll(":scope > .scroll, :scope > pre")) shrink(part, "--wide", isWide);
    if (shrink(layer, "--size", isOver)) { layer.classList.add("scrolls"); layer.tabIndex = 0; }
  }
  reveal.classList.remove("measured");
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.1, maxScale: 4, center: false,
    hash: true, controls: true, controlsLayout: "edges", controlsTutorial: false,
    progress: true, slideNumber: "c/t", plugins: [RevealNotes],
    transition: isStill ? "none" : "fade", transitionSpeed: "fast",
    scrollActivationWidth: null, // a phone turns the slides by swiping, too
    pdfMaxPagesPerSlide: 1,
    // A key pressed on a control of a live picture is the control's.
    keyboardCondition: (event) => !event.target.closest?.(".panel"),
  });
  for (const panel of document.querySelectorAll(".panel")) {
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") document.activeElement.blur(); // back to the slides
    });
  }
})();
