"""Who the patient of a submission is, and what changed since the last one."""
