"""Word files read: what they say, who has changed what in it, and what that is in a draft of ours.

`story` reads WordprocessingML (ECMA-376 part 1, clause 17) into `content`; `returned` compares a
file that we sent with what came back.
"""
