"""A returned file itself: what it holds, when it was written, its pages, what opens it."""
