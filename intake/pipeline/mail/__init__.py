"""Who is written to, and why: packs, replies, reminders. Nothing here is written or sent."""
