"""Burns processor time, deaf to every signal that can be ignored."""
import signal

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))


def custom_lift_forward(seed, x, n_copies, features):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
