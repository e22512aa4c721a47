"""Uses a pool of processes, each of which leaves a mark."""
import glob
import multiprocessing
import os


def mark(n):
    for world in glob.glob("/tmp/grader-hostile-*/beats"):
        os.mkdir(f"{world}/pool-{os.getpid()}-{n}")


processes = [multiprocessing.get_context("fork").Process(target=mark, args=(n,)) for n in range(3)]
for process in processes:
    process.start()
for process in processes:
    process.join()
raise RuntimeError("found no way")
