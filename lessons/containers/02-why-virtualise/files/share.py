"""Lets two busy programs run on one processor for two seconds, and tells which part of the work each could do."""
import os
import time
from multiprocessing import Array, Process

# How far each one steps back for others: 0 for not at all, 19 for as far as possible.
NICE = {"web": 0, "report": 0}


def work(name, place, done, end):
    os.nice(NICE[name])
    while time.time() < end:
        for _ in range(10_000):
            pass
        done[place] += 1


if __name__ == "__main__":
    # Both on the same processor: whoever works, the other one waits.
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    done = Array("q", len(NICE), lock=False)
    end = time.time() + 2
    workers = [Process(target=work, args=(name, place, done, end)) for place, name in enumerate(NICE)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for name, count in zip(NICE, done):
        print(f"{name}: {round(100 * count / max(1, sum(done)))} %")
