"""The secret side: reference, pitfalls, hidden cases, and the program that builds the key.

Never imported by `grader`, never in a wheel or a kit: what leaves this folder is numbers.
"""
