"""Prose with live numbers, the glossary, and the checks that keep words and figures honest."""

from explainer.narrative.glossary import define, glossary
from explainer.narrative.say import Said, say

__all__ = ["Said", "define", "glossary", "say"]
