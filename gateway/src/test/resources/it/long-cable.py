"""A long cable between this machine and a network namespace: what goes in at one end comes out at the other later, or never.

    long-cable.py NAME PID      the end here is a device of that name, the end in the namespace of that process is eth0

Its orders come line by line on standard input; each is confirmed by a line, and so are the devices. It ends with its input.

    stretch MILLIS PERCENT      each packet takes so long; of those that go inside so many are lost, by chance
    silence PORT                TCP that comes from this port inside is lost, and so are refusals
    forget PORT                 TCP that comes back to this port is lost
    heal                        no longer so
"""

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 1
IFF_NO_PI = 0x1000
CLONE_NEWNET = 0x40000000
TCP = 6
LONGEST = 65536

libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def device(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return fd


def tcp_ports(packet):
    """Source and destination; nothing where the packet is not TCP."""
    if packet[0] >> 4 == 4 and packet[9] == TCP:
        start = (packet[0] & 15) * 4
    elif packet[0] >> 4 == 6 and packet[6] == TCP:
        start = 40
    else:
        return None
    return struct.unpack_from("!HH", packet, start)


class Cable:
    def __init__(self, name, pid):
        here = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
        self.outer = device(name)
        enter(there)
        self.inner = device("eth0")
        enter(here)
        self.chance = random.Random(3)
        self.under_way = []
        self.count = 0
        self.delay = 0.0
        self.loss = 0.0
        self.heal()

    def heal(self):
        self.silent = set()
        self.forgotten = set()

    def order(self, line):
        word, *numbers = line.split()
        if word == "stretch":
            self.delay = int(numbers[0]) / 1000
            self.loss = int(numbers[1]) / 100
        elif word == "silence":
            self.silent.add(int(numbers[0]))
        elif word == "forget":
            self.forgotten.add(int(numbers[0]))
        elif word == "heal":
            self.heal()
        else:
            raise ValueError(line)
        print("done", flush=True)

    def lost(self, packet, inwards):
        if inwards:
            return self.chance.random() < self.loss
        ports = tcp_ports(packet)
        return ports is not None and (ports[0] in self.silent or ports[1] in self.forgotten)

    def take(self, source):
        packet = os.read(source, LONGEST)
        inwards = source == self.outer
        if not self.lost(packet, inwards):
            self.count += 1
            heapq.heappush(
                self.under_way,
                (time.monotonic() + self.delay, self.count, self.inner if inwards else self.outer, packet),
            )

    def deliver(self):
        while self.under_way and self.under_way[0][0] <= time.monotonic():
            _, _, target, packet = heapq.heappop(self.under_way)
            try:
                os.write(target, packet)
            except OSError:
                pass  # that end is down

    def run(self):
        print("done", flush=True)
        while True:
            wait = max(0, self.under_way[0][0] - time.monotonic()) if self.under_way else None
            ready, _, _ = select.select([sys.stdin, self.outer, self.inner], [], [], wait)
            self.deliver()
            for source in ready:
                if source is sys.stdin:
                    line = sys.stdin.readline()
                    if not line:
                        return
                    self.order(line)
                else:
                    self.take(source)


Cable(sys.argv[1], sys.argv[2]).run()
