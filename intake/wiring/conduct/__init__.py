"""Running the study: drafts to centres and their account, transport, freezing, closing."""
