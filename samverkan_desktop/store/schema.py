"""What a library file of this version looks like, without importing what makes one."""

# In the file's header: "SAMV". A database without it belongs to another program.
APPLICATION_ID = 0x53414D56

# What SQLite keeps beside a library, which belongs to that content and no other: by the end of its
# name. https://www.sqlite.org/tempfiles.html, 2.1 to 2.3.
BESIDE = ("-wal", "-shm", "-journal")

MIGRATION_SET = "library"

# The names of all steps in migrations.py, in order. A file with another one is newer.
MIGRATIONS = ("0001_library", "0002_history", "0003_review")
