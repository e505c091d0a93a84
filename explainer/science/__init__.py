"""From frames to derived frames: the arithmetic behind every sentence and picture.

Pure functions, by concept: ``intervals``, ``epidemic``, ``flow``, ``cascade``, ``revisions``,
``places``, ``person_time``, ``remission``, ``rebound``, ``lasting_remission``, ``transplanted``,
``genetics``, ``donors``, ``matching``, ``ancestries``, ``transmission``. No file is opened here and
nothing is drawn. Shares are 0-1. A published "<500" is a threshold and never enters a calculation.
"""
