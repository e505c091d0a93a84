"""What stands beside a control in JupyterLab: keys stay with it, and it says when it is asleep."""

from __future__ import annotations

LAB_MIME = "application/vnd.explainer.lab+json"  # marks what no page shows
RERUN = "Run this cell to move the controls."

# JupyterLab cuts, adds and changes cells by single keys unless the text cursor is in a field, and
# a slider or a list is none.  The attribute is its own sign for "these keys are not yours", read
# from what has the focus upwards, and some shortcuts match that itself.  It goes while Ctrl or Cmd
# is held, so that a notebook can still be saved or run from there.
KEYS = """<script>(() => {
  const area = document.currentScript?.closest(".jp-OutputArea");
  const keep = ({target, ctrlKey, metaKey}) => {
    if (target.closest(".vega-bindings, .jupyter-widgets"))
      target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey));
  };
  for (const kind of ["focusin", "keydown", "keyup"]) area?.addEventListener(kind, keep);
})()</script>"""

# Vega writes the bare number of a slider beside it: a logarithm, a share.  The words stand above.
# A narrow notebook shows the picture smaller, not cut.
LOOK = """<style>
.jp-OutputArea:has(.explainer-live) .vega-bind input[type=range] ~ * { display: none }
.jp-OutputArea:has(.explainer-live) .vega-embed svg { max-width: 100%; height: auto }
</style>"""

# Where a notebook was opened and not run there are no controls: the sentence shows in place of
# Lab's "model not found", and the picture as it was kept.  Where they work, theirs shows alone.
PICTURE = "explainer-picture"
_ASLEEP = f"""<style>
.jp-OutputArea-child:has(.{PICTURE}) + .jp-OutputArea-child:has(.explainer-rerun),
.jp-OutputArea-child:has(.{PICTURE}) + * + .jp-OutputArea-child,
.jp-OutputArea:has(.explainer-rerun) .jp-OutputArea-output.jupyter-widgets:not(:has(*))
{{ display: none }}
.{PICTURE} > .widget-html-content {{ line-height: var(--jp-content-line-height) }}
</style>"""


def beside_controls() -> dict[str, object]:
    """The output beside an explorer's controls; pages leave it out."""
    html = f'<p class="explainer-rerun">{RERUN}</p>{_ASLEEP}{KEYS}'
    return {"text/html": html, "text/plain": RERUN, LAB_MIME: {}}
