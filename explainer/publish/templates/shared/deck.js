(() => {
  "use strict";
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
