"""Reading a running openIMIS, against a small server that replays what real ones answered."""
