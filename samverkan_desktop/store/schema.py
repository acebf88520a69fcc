"""What a library file of this version looks like, without importing what makes one."""

# In the file's header: "SAMV". A database without it belongs to another program.
APPLICATION_ID = 0x53414D56

MIGRATION_SET = "library"

# The names of all steps in migrations.py, in order. A file with another one is newer.
MIGRATIONS = ("0001_library", "0002_history", "0003_review")
