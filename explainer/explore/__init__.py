"""Explore: any chart with its choices as controls, in JupyterLab."""

from explainer.explore.explorer import Explorer, explorer

__all__ = ["Explorer", "explorer"]
