"""Publish: run a notebook once and write every page asked for from that run."""
