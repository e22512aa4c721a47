"""Sleeps for ever while it is loading."""
import time

while True:
    time.sleep(3600)
