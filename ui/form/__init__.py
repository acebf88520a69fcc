"""The form of one draft, built from its template: head data, sections, signatories, attachments."""
