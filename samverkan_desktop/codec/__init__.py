"""Values to and from their public file formats, with errors that name the place."""
