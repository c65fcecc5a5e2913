"""What leaves the portal as a file or a text to copy, and what comes back: author's data, invitations, translations."""
