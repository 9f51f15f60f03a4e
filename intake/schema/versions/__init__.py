"""What differs between two versions of a form, and which differences no dataset could hold."""
